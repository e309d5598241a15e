package dev.vedette.alerting.notifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlainTextTest {
    @Test
    void lineHasNoLineEndsNoControlsAndNoTurnsOfDirection() {
        assertEquals("a b c d  e f g", PlainText.line("a\r\nb\nc\rd\t\u0000e\u202Ef\u2028g ", 100));
        assertEquals("a\nb c", PlainText.lines("a\r\nb\rc\n", 100));
    }

    @Test
    void wordsOfAllLanguagesStay() {
        String text = "Größe 温度 حرارة 🔥👩‍🔧";
        assertEquals(text, PlainText.line(text, 100));
    }

    @Test
    void textOfAnyKindIsCutBetweenItsCharacters() {
        long seed = Seeds.explored();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = 0; j < 30; j++) {
                text.append((char) random.nextInt(0x10000));
            }
            int most = 1 + random.nextInt(40);
            String line = PlainText.line(text.toString(), most);
            assertTrue(line.length() <= most, "seed " + seed);
            assertFalse(
                    line.chars().anyMatch(Character::isISOControl)
                            || line.codePoints()
                                    .anyMatch(point ->
                                            Character.getType(point) == Character.SURROGATE),
                    "seed " + seed);
        }
    }
}

package dev.vedette.detection.threshold;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class GlobTest {
    @Test
    void fitsWhatTheRegularExpressionFits() {
        long seed = 7;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String pattern = text(random, "ab*");
            String text = text(random, "ab");
            assertEquals(
                    Pattern.matches(pattern.replace("*", ".*"), text),
                    Glob.fits(pattern, text),
                    () -> "seed " + seed + ": " + pattern + " on " + text);
        }
    }

    private static String text(Random random, String letters) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(8); length > 0; length--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }
}

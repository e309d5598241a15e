package dev.vedette.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "de | en-US,en;q=0.9 | GERMAN",
                "en | de-DE,de;q=0.9 | ENGLISH",
                "'' | de-DE,de;q=0.9,en;q=0.8 | GERMAN",
                "'' | de-AT | GERMAN",
                "'' | en-GB,en;q=0.9,de;q=0.8 | ENGLISH",
                "'' | fr-FR,fr;q=0.9,de;q=0.5,en;q=0.4 | GERMAN",
                "'' | fr | ENGLISH",
                "'' | '' | ENGLISH",
                "xx | ;;q=no | ENGLISH",
                "<b> | de;q=2 | ENGLISH"
            })
    void handChoosesBeforeTheBrowserAndEnglishIsTheRest(
            String chosen, String accepted, Language expected) {
        assertEquals(expected, Language.of(chosen, accepted));
    }

    @Test
    void overlongWishesAreNotRead() {
        assertEquals(Language.ENGLISH, Language.of("", "de,".repeat(1000)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 1 node | 1 Knoten",
                "0 | 0 nodes | 0 Knoten",
                "12 | 12 nodes | 12 Knoten"
            })
    void pluralsChooseByTheNumber(int count, String english, String german) {
        assertEquals(english, Language.ENGLISH.many("incident.nodes", count));
        assertEquals(german, Language.GERMAN.many("incident.nodes", count));
    }

    @Test
    void oneIncidentIsNoPluralInEitherLanguage() {
        assertEquals("One incident goes on.", Language.ENGLISH.say("incidents.goOn", 1, "One"));
        assertEquals("Two incidents go on.", Language.ENGLISH.say("incidents.goOn", 2, "Two"));
        assertEquals("Ein Vorfall dauert an.", Language.GERMAN.say("incidents.goOn", 1, "Eine"));
        assertEquals("Zwei Vorfälle dauern an.", Language.GERMAN.say("incidents.goOn", 2, "Zwei"));
    }

    @Test
    void numbersAndDatesAreWrittenAsTheLanguageDoes() {
        Instant noon = Instant.parse("2026-11-21T12:00:00Z");
        Clock english = new Clock(ZoneOffset.UTC, noon, Language.ENGLISH);
        Clock german = new Clock(ZoneOffset.UTC, noon, Language.GERMAN);
        assertEquals("0.87", Language.ENGLISH.score(0.87));
        assertEquals("0,87", Language.GERMAN.score(0.87));
        assertEquals("12,5\u202f%", Language.GERMAN.percent(0.125, 1));
        assertEquals("1\u202f680,5", new Figures(1, 1, "").in(Language.GERMAN).number(1680.5));
        assertEquals("21 Nov 12:00", english.dayTime(noon));
        assertEquals("21. Nov 12:00", german.dayTime(noon));
        assertEquals("Sat", english.dayName(noon));
        assertEquals("Sa", german.dayName(noon));
    }
}

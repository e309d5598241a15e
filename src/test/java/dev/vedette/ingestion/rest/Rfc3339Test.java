package dev.vedette.ingestion.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-31T12:00:00Z",
                "2026-01-31t12:00:00z",
                "2026-01-31T12:00:00.5Z",
                "2026-01-31T12:00:00.123456789+02:00",
                "2024-02-29T23:59:59-11:30",
                "1969-12-31T23:59:59.999Z"
            })
    void readsWhatTheJdkReads(String text) {
        assertEquals(
                OptionalLong.of(OffsetDateTime.parse(text).toInstant().toEpochMilli()),
                parse(text));
    }

    @Test
    void spaceInPlaceOfTheTIsRead() {
        assertEquals(parse("2026-01-31T12:00:00Z"), parse("2026-01-31 12:00:00Z"));
    }

    @Test
    void leapSecondIsTheSecondBeforeIt() {
        assertEquals(parse("2016-12-31T23:59:59Z"), parse("2016-12-31T23:59:60Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-01-31",
                "2026-01-31T12:00:00",
                "2026-02-30T12:00:00Z",
                "2026-13-01T12:00:00Z",
                "2026-01-31T24:00:00Z",
                "2026-01-31T12:60:00Z",
                "2026-01-31T12:00:61Z",
                "2026-01-31T12:00:00.Z",
                "2026-01-31T12:00:00+24:00",
                "2026-01-31T12:00:00+0200",
                "2026-01-31T12:00:00ZZ",
                "20a6-01-31T12:00:00Z",
                "2026-01-31X12:00:00Z",
                "1760000000000000000000000"
            })
    void refusesEverythingElse(String text) {
        assertEquals(OptionalLong.empty(), parse(text));
    }

    @Test
    void agreesWithTheJdkOnRandomMoments() {
        Random random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            Instant moment = Instant.ofEpochMilli((long) (random.nextDouble() * 4e12));
            String text =
                    moment.atOffset(ZoneOffset.ofTotalSeconds(60 * (random.nextInt(1440) - 720)))
                            .toString();
            OptionalLong expected =
                    text.matches(".*T\\d\\d:\\d\\d:\\d\\d.*")
                            ? OptionalLong.of(moment.toEpochMilli())
                            : OptionalLong.empty();
            assertEquals(expected, parse(text), text);
        }
    }

    private static OptionalLong parse(String text) {
        char[] padded = ("##" + text + "##").toCharArray();
        return Rfc3339.parse(padded, 2, text.length());
    }
}

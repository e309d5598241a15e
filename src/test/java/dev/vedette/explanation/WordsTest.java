package dev.vedette.explanation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vedette.series.Labels;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    private final Phrases english = Phrases.ENGLISH;

    @ParameterizedTest
    @CsvSource({
        "cpu_usage, CPU",
        "CPU.Usage, CPU",
        "memory_used, Used memory",
        "disk-read, Disk read rate",
        "p99_latency, p99 latency",
        "p95_latency_ms, p95 latency",
        "p99_widgets, p99_widgets",
        "OddName, OddName",
    })
    void metricsHaveHumanNames(String metric, String name) {
        assertEquals(name, new MetricNames(english).of(metric));
    }

    @ParameterizedTest
    @CsvSource({"51, 1 point", "99, 49 points", "7, 1 point", "5, 3 points"})
    void distanceOfAPercentageIsInPoints(double value, String words) {
        Quantities quantities = new Quantities(english, Optional.of("percent"), 8, 50, value);
        assertEquals(words, quantities.beyond(value).replace('\u202f', ' ').replace('\u00a0', ' '));
    }

    @Test
    void labelsTellSeriesOfOneMetricApart() {
        assertEquals(
                "Disk read rate (device sda, mode raw)",
                new MetricNames(english)
                        .of("disk_read", Labels.of(Map.of("mode", "raw", "device", "sda"))));
    }

    @ParameterizedTest
    @CsvSource({
        "percent, 97.2, 31.3, 47.8, 97 %, 31–48 %",
        "percent, 97.2, -4, 47.8, 97 %, 0–48 %",
        "percent, 97.2, 90, 104, 97 %, 90–100 %",
        "percent, 48.2, 31.3, 47.8, 48.2 %, 31.3–47.8 %",
        "percent, 48.04, 31.3, 48.02, 48.04 %, 31.30–48.02 %",
        "percent, 31.2, 31.4, 48, 31.2 %, 31.4–48.0 %",
        "percent, 50, 5, 5, 50 %, 5 %",
        "bytes, 15247133900, 9771050598, 11166914969, 14.2 GiB, 9.1–10.4 GiB",
        "bytes, 512, 100, 200, 512 B, 100–200 B",
        "bytes, 2048, 100, 200, 2.00 KiB, 0.10–0.20 KiB",
        "bytes, 5e12, 1e12, 2e12, 4.5 TiB, 0.9–1.8 TiB",
        "bytes/s, 52428800, 1e6, 2e6, 50.0 MiB/s, 1.0–1.9 MiB/s",
        "ms, 262.3, 160.2, 201.1, 262 ms, 160–201 ms",
        "ms, 12400, 160, 200, 12.40 s, 0.16–0.20 s",
        "s, 0.262, 0.16, 0.2, 262 ms, 160–200 ms",
        "seconds, 2.5, 0.5, 1, 2.5 s, 0.5–1.0 s",
        "s, 1200, 60, 120, 20 min, 1–2 min",
        "count, 1680, 1200, 1500, 1 680, 1 200–1 500",
        "count, 11, -3.2, 10.7, 11, 0–10",
        "count, 3, 1.2, 1.4, 3, 2",
        "count, 2500000, 1200000, 1500000, 2.50 M, 1.20–1.50 M",
        "requests/s, 2100, 5800, 6900, 2 100 requests/s, 5 800–6 900 requests/s",
        "rps, 121000, 58000, 69000, 121 k requests/s, 58–69 k requests/s",
        "per_second, 12, 1, 3, 12 /s, 1–3 /s",
        "°C, 4, -3, 2, 4 °C, −3 to 2 °C",
        "°C, -0.04, 5, 25, 0 °C, 5–25 °C",
        "widgets, 3e10, 1e10, 2e10, 30 G widgets, 10–20 G widgets",
        "'', 0, 0, 0, 0, 0",
        // a clock that is behind: a limit that the range is beyond as a whole is none
        "ms, -54, -20, -10, −54 ms, −20 to −10 ms",
    })
    void valueAndRangeShareTheirScale(
            String unit, double value, double lower, double upper, String amount, String range) {
        Quantities quantities = new Quantities(english, Optional.of(unit), lower, upper, value);
        assertEquals(amount, quantities.amount(value).replace('\u202f', ' '));
        assertEquals(range, quantities.range().replace('\u202f', ' '));
    }

    @Test
    void valueWithoutARangeKeepsSensibleDigits() {
        double none = Double.NaN;
        Quantities quantities = new Quantities(english, Optional.empty(), none, none, 0.123456);
        assertEquals("0.123", quantities.amount(0.123456));
    }

    @Test
    void decimalPointFollowsTheLocale() {
        Quantities german =
                new Quantities(
                        new Phrases(Locale.GERMANY), Optional.of("percent"), 1.25, 3.75, 9.5);
        assertEquals("9,5\u202f%", german.amount(9.5));
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 s",
        "PT40S, 40 s",
        "PT4M, 4 min",
        "PT59M59S, 59 min",
        "PT1H, 1 h",
        "PT1H30M, 1 h 30 min",
        "PT47H, 47 h",
        "P2D, 2 days",
        "P30D, 30 days"
    })
    void durationsHaveAtMostTwoUnits(Duration duration, String words) {
        assertEquals(
                words,
                new TimeWords(english, ZoneId.of("UTC")).duration(duration).replace('\u202f', ' '));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-18T19:15:00Z, today at 20:15",
        "2026-11-17T19:15:00Z, yesterday at 20:15",
        "2026-11-16T19:15:00Z, on 16 Nov at 20:15",
        "2025-11-16T19:15:00Z, on 16 Nov 2025 at 20:15",
        "2026-11-17T23:30:00Z, today at 00:30",
    })
    void daysAreThoseOfTheZone(Instant moment, String words) {
        TimeWords times = new TimeWords(english, ZoneId.of("Europe/Berlin"));
        assertEquals(words, times.day(moment, Instant.parse("2026-11-18T20:00:00Z")));
    }

    @Test
    void unknownPhraseIsRefused() {
        assertThrows(MissingResourceException.class, () -> english.say("no.such.key"));
    }
}

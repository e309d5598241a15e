package dev.vedette.ingestion.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvPointsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final CsvPoints.Layout TIMED =
            new CsvPoints.Layout(Optional.empty(), Duration.ofMinutes(1), Optional.empty());
    private static final CsvPoints.Layout STEPPED =
            new CsvPoints.Layout(Optional.of(START), Duration.ofMinutes(1), Optional.empty());

    @Test
    void singleMetricIsNamedAfterItsFile() throws IOException {
        CsvPoints csv = open("timestamp,value\n2026-01-01T00:00:00Z,1.5\n", TIMED);
        assertEquals(List.of("web-1"), csv.metrics());
        assertEquals(1, csv.read(10));
        assertEquals(START.toEpochMilli(), csv.epochMillis(0));
        assertEquals(1.5, csv.value(0, 0));
        assertEquals(0, csv.read(10));
    }

    @Test
    void columnsAreMetrics() throws IOException {
        CsvPoints csv = open("timestamp,cpu,mem\n1767225600,1,2\n1767225660,,NaN\n", TIMED);
        assertEquals(List.of("cpu", "mem"), csv.metrics());
        assertEquals(2, csv.read(10));
        assertEquals(START.toEpochMilli(), csv.epochMillis(0));
        assertTrue(Double.isNaN(csv.value(1, 0)) && Double.isNaN(csv.value(1, 1)));
    }

    @Test
    void rowsWithoutTimesGoByTheStep() throws IOException {
        CsvPoints csv = open("0.1,0.2,0.3\n0.4,0.5,0.6\n0.7,0.8,0.9\n", STEPPED);
        assertEquals(List.of("m00", "m01", "m02"), csv.metrics());
        assertEquals(2, csv.read(2));
        assertEquals(1, csv.read(2));
        assertEquals(START.plusSeconds(120).toEpochMilli(), csv.epochMillis(0));
        assertEquals(0.9, csv.value(0, 2));
    }

    @Test
    void withoutTimesAStartIsAskedFor() {
        IOException trouble = assertThrows(IOException.class, () -> open("1,2\n", TIMED));
        assertTrue(String.valueOf(trouble.getMessage()).contains("--start"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T00:00:00Z",
        "2026-01-01T01:00:00+01:00",
        "2026-01-01 00:00:00",
        "2026-01-01",
        "1767225600",
        "1767225600.0",
        "1767225600000"
    })
    void timesAreReadAsFilesHaveThem(String time) throws IOException {
        CsvPoints csv = open("time,value\n" + time + ",1\n", TIMED);
        assertEquals(1, csv.read(1));
        assertEquals(START.toEpochMilli(), csv.epochMillis(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timestamp,value\nyesterday,1\n",
                "timestamp,value\n1767225600,one\n",
                "timestamp,value\n1767225600\n",
                "timestamp,value\n1767225600,1,2\n"
            })
    void brokenRowIsNamedByItsLine(String text) {
        IOException trouble = assertThrows(IOException.class, () -> open(text, TIMED).read(10));
        assertTrue(String.valueOf(trouble.getMessage()).startsWith("line 2 "), text);
    }

    private static CsvPoints open(String text, CsvPoints.Layout layout) throws IOException {
        return new CsvPoints(
                new ByteArrayInputStream(text.getBytes(UTF_8)), "folder/web-1.csv.gz", layout);
    }
}

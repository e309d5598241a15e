package dev.vedette.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonNumbersTest {
    private static String text(double value) {
        return new JsonNumbers(0).add(value).toString();
    }

    private static void sameAsJava(double value) {
        boolean isWhole = value == Math.rint(value) && Math.abs(value) < 1e15;
        assertEquals(
                isWhole ? Long.toString((long) value) : Double.toString(value),
                text(value),
                () -> "bits " + Double.doubleToRawLongBits(value));
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                0.1,
                -0.1,
                0.001,
                0.0009999,
                0.001001,
                0.0100001,
                9_999_999.999999,
                9_999_999.5,
                10_000_000.5,
                1e15,
                1e15 - 0.5,
                -0.0,
                Double.MIN_VALUE,
                1e300,
                Math.PI
            })
    void edgesAreWrittenAsJavaWritesThem(double value) {
        sameAsJava(value);
        sameAsJava(-value);
        sameAsJava(Math.nextUp(value));
        sameAsJava(Math.nextDown(value));
    }

    @Test
    void decimalsAreWrittenAsJavaWritesThem() {
        Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            double power = Math.pow(10, random.nextInt(10));
            double decimal = random.nextLong(-100_000_000_000L, 100_000_000_000L) / power;
            sameAsJava(decimal);
            sameAsJava(Math.nextUp(decimal));
        }
    }

    @Test
    void anyBitsAreWrittenAsJavaWritesThem() {
        Random random = new Random(8);
        for (int i = 0; i < 200_000; i++) {
            double any = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(any)) {
                sameAsJava(any);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void whatIsNoNumberIsNull(double value) {
        assertEquals("null", text(value));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 9, 10, 1795343400000L, Long.MAX_VALUE, Long.MIN_VALUE})
    void wholeNumbersAreWrittenAsJavaWritesThem(long value) {
        assertEquals(Long.toString(value), new JsonNumbers(0).add(value).toString());
    }

    @Test
    void timesOfSeveralDaysFollowEachOther() {
        String[] times = {
            "2026-11-21T23:59:59.999Z",
            "2026-11-22T00:00:00Z",
            "+10000-01-01T00:00:00Z",
            "2026-11-22T00:00:10Z",
            "0999-12-31T00:00:00Z"
        };
        JsonNumbers json = new JsonNumbers(0);
        for (String time : times) {
            json.addTime(Instant.parse(time).toEpochMilli());
        }
        assertEquals('"' + String.join("\"\"", times) + '"', json.toString());
    }
}

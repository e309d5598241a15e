package dev.vedette.detection.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OddHoursTest {
    private static final LocalTime UTC = LocalTime.of(ZoneOffset.UTC, Holidays.NONE);

    private final OddHours hours = new OddHours();

    @Test
    void hourCountsFromTheThirdMonthOn() {
        run(LocalDate.of(2026, 1, 2), LocalDate.of(2026, 3, 1), this::atFirst);
        assertEquals(0, offset(LocalDateTime.of(2026, 2, 28, 23, 0)));
        assertEquals(0, offset(LocalDateTime.of(2026, 3, 1, 2, 0)), "seen once, on 1 February");
        run(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 4, 1), this::atFirst);
        assertEquals(30, offset(LocalDateTime.of(2026, 4, 1, 2, 0)), 1e-6);
        assertEquals(0, offset(LocalDateTime.of(2026, 4, 1, 3, 0)));
        assertEquals(0, offset(LocalDateTime.of(2026, 4, 2, 2, 0)));
    }

    @Test
    void hourThatFailsToComeCountsForLess() {
        run(LocalDate.of(2026, 1, 2), LocalDate.of(2026, 4, 1), this::atFirst);
        run(LocalDate.of(2026, 4, 1), LocalDate.of(2026, 5, 1), _ -> 0);
        assertEquals(0, offset(LocalDateTime.of(2026, 5, 1, 2, 0)));
    }

    @Test
    void whatHappensOnceIsForgottenForWhatRepeats() {
        run(LocalDate.of(2026, 1, 2), LocalDate.of(2026, 4, 1), this::atFirst);
        // outages of days, each other hours of the month
        run(LocalDate.of(2026, 4, 3), LocalDate.of(2026, 4, 12), _ -> -50);
        assertEquals(30, offset(LocalDateTime.of(2026, 5, 1, 2, 0)), 1e-6);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noiseLeavesHardlyAnHour(long seed) {
        Random noise = new Random(seed);
        // of normal noise the mean absolute error is .8 deviations
        run(LocalDate.of(2025, 1, 1), LocalDate.of(2026, 1, 1), _ -> 1.25 * noise.nextGaussian());
        int counting = 0;
        LocalDateTime time = LocalDateTime.of(2026, 1, 1, 0, 0);
        for (int i = 0; i < 31 * 24; i++) {
            counting += offset(time.plusHours(i)) == 0 ? 0 : 1;
        }
        assertTrue(counting <= 2, "hours that count: " + counting);
    }

    @Test
    void snapshotGoesOnAsTheOriginalDoes() {
        run(LocalDate.of(2026, 1, 2), LocalDate.of(2026, 2, 14), this::atFirst);
        ByteBuffer bytes = ByteBuffer.allocate(OddHours.BYTES);
        hours.write(bytes);
        OddHours restored = new OddHours();
        restored.read(bytes.flip());
        run(hours, LocalDate.of(2026, 2, 14), LocalDate.of(2026, 4, 2), this::atFirst);
        run(restored, LocalDate.of(2026, 2, 14), LocalDate.of(2026, 4, 2), this::atFirst);
        ByteBuffer one = ByteBuffer.allocate(OddHours.BYTES);
        hours.write(one);
        ByteBuffer other = ByteBuffer.allocate(OddHours.BYTES);
        restored.write(other);
        assertEquals(one.flip(), other.flip());
    }

    /** From two to three on the first of each month. */
    private double atFirst(LocalDateTime time) {
        return time.getDayOfMonth() == 1 && time.getHour() == 2 ? 30 : 0;
    }

    private double offset(LocalDateTime time) {
        return hours.offset(UTC.hourOfMonth(time.toEpochSecond(ZoneOffset.UTC)), 1);
    }

    private void run(LocalDate from, LocalDate to, ToDoubleFunction<LocalDateTime> rest) {
        run(hours, from, to, rest);
    }

    private static void run(
            OddHours hours, LocalDate from, LocalDate to, ToDoubleFunction<LocalDateTime> rest) {
        LocalDateTime end = to.atStartOfDay();
        for (LocalDateTime time = from.atStartOfDay();
                time.isBefore(end);
                time = time.plusMinutes(20)) {
            hours.offset(UTC.hourOfMonth(time.toEpochSecond(ZoneOffset.UTC)), 1);
            hours.learn(rest.applyAsDouble(time));
        }
    }
}

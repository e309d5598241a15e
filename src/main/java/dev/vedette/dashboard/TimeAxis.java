package dev.vedette.dashboard;

import dev.vedette.series.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * The horizontal axis of a drawing.
 *
 * @param range what the whole width shows
 * @param clock how its labels are written
 */
record TimeAxis(TimeRange range, Clock clock) {
    private static final List<Duration> STEPS =
            List.of(
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(15),
                    Duration.ofMinutes(30),
                    Duration.ofHours(1),
                    Duration.ofHours(2),
                    Duration.ofHours(3),
                    Duration.ofHours(6),
                    Duration.ofHours(12),
                    Duration.ofDays(1),
                    Duration.ofDays(2),
                    Duration.ofDays(7));

    /**
     * One label of the axis.
     *
     * @param x where, a percentage of the width
     * @param text a round clock time, or the day at midnight
     * @param side {@code start} or {@code end} when the label would leave the drawing, else {@code
     *     middle}
     * @param spare whether a narrow drawing may leave it out
     */
    public record Tick(String x, String text, String side, boolean spare) {}

    /** Where that moment lies, 0 at the start and 1 at the end; outside of them when outside. */
    double share(Instant time) {
        return share(time.toEpochMilli());
    }

    double share(long epochMillis) {
        double start = range.from().toEpochMilli();
        return (epochMillis - start) / Math.max(1, range.duration().toMillis());
    }

    /** Labels on round clock times of the reader's zone, at most that many. */
    List<Tick> ticks(int most) {
        Duration step = step(most);
        List<Tick> ticks = new ArrayList<>();
        ZonedDateTime at = firstTick(step);
        for (int i = 0; !at.toInstant().isAfter(range.to()); i++, at = at.plus(step)) {
            double share = share(at.toInstant());
            if (share > -0.004) {
                String side = share < 0.02 ? "start" : share > 0.98 ? "end" : "middle";
                ticks.add(
                        new Tick(
                                Svg.percent(Math.max(0, share)),
                                label(at, step),
                                side,
                                i % 2 == 1));
            }
        }
        return ticks;
    }

    private Duration step(int most) {
        for (Duration step : STEPS) {
            if (range.duration().dividedBy(step) <= most) {
                return step;
            }
        }
        return Duration.ofDays(Math.max(7, range.duration().toDays() / most + 1));
    }

    private ZonedDateTime firstTick(Duration step) {
        ZonedDateTime midnight = range.from().atZone(clock.zone()).with(LocalTime.MIN);
        long steps = Duration.between(midnight.toInstant(), range.from()).dividedBy(step);
        return midnight.plus(step.multipliedBy(steps));
    }

    private String label(ZonedDateTime at, Duration step) {
        boolean midnight = at.toLocalTime().equals(LocalTime.MIN);
        if (step.compareTo(Duration.ofDays(1)) >= 0) {
            return clock.weekday(at.toInstant());
        }
        return (midnight ? clock.dayName(at.toInstant()) + " " : "") + clock.time(at.toInstant());
    }
}

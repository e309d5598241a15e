package dev.vedette.dashboard;

import dev.vedette.series.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
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
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
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
        for (int i = 0; !at.toInstant().isAfter(range.to()); i++, at = next(at, step)) {
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

    // Times are round by the clock on the wall, also on a day of 23 hours or 25. Steps below an
    // hour
    // stay round however they are added.
    private ZonedDateTime firstTick(Duration step) {
        ZonedDateTime from = range.from().atZone(clock.zone());
        ZonedDateTime midnight = from.toLocalDate().atStartOfDay(clock.zone());
        if (step.compareTo(HOUR) < 0) {
            return midnight.plus(
                    step.multipliedBy(Duration.between(midnight, from).dividedBy(step)));
        }
        LocalDateTime start = from.toLocalDate().atStartOfDay();
        long steps = Duration.between(start, from.toLocalDateTime()).dividedBy(step);
        return steps == 0 ? midnight : start.plus(step.multipliedBy(steps)).atZone(clock.zone());
    }

    private static ZonedDateTime next(ZonedDateTime at, Duration step) {
        if (step.compareTo(HOUR) < 0) {
            return at.plus(step);
        }
        if (step.compareTo(DAY) >= 0) {
            return at.toLocalDate().plusDays(step.toDays()).atStartOfDay(at.getZone());
        }
        // A time that the clock passes over has no label.
        LocalDateTime local = at.toLocalDateTime();
        ZonedDateTime next;
        do {
            local = local.plus(step);
            next = local.atZone(at.getZone());
        } while (!next.toLocalDateTime().equals(local));
        return next;
    }

    private String label(ZonedDateTime at, Duration step) {
        boolean midnight = at.toLocalTime().equals(LocalTime.MIN);
        if (step.compareTo(DAY) >= 0) {
            return clock.weekday(at.toInstant());
        }
        return (midnight ? clock.dayName(at.toInstant()) + " " : "") + clock.time(at.toInstant());
    }
}

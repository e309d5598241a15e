package dev.vedette.alerting;

import dev.vedette.series.SeriesKey;
import dev.vedette.series.TimeRange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Nobody is told of what fits, while it lasts. What was told before and is over is told as over all
 * the same, so that nobody keeps looking.
 *
 * @param name its own within the tenant
 * @param matchers an incident fits when all of them do; at least one, a star for all
 * @param reason why, for those who wonder
 * @param author who said so
 * @param schedule when
 * @param expiresAt when it ends for good, recurring or not; empty: when its schedule ends
 */
public record Silence(
        String name,
        List<Matcher> matchers,
        String reason,
        String author,
        Schedule schedule,
        Optional<Instant> expiresAt) {
    /** Copies the list. */
    public Silence {
        matchers = List.copyOf(matchers);
    }

    /** Whether it may mute what is found on a series; see {@link Matcher#mayConcern}. */
    public boolean mayConcern(SeriesKey series) {
        return matchers.stream().allMatch(matcher -> matcher.mayConcern(series));
    }

    /** The times at which it began in that range, in order. */
    public List<Instant> beginnings(TimeRange range) {
        return schedule.between(range.from(), range.to()).stream()
                .map(Schedule.Stretch::start)
                .filter(range::contains)
                .filter(start -> expiresAt.map(start::isBefore).orElse(true))
                .toList();
    }

    /** Until when it mutes the incident, asked at that moment; empty when it does not. */
    public Optional<Instant> mutes(IncidentFacts incident, Instant at) {
        if (expiresAt.map(end -> !at.isBefore(end)).orElse(false)
                || !Matcher.all(matchers, incident)) {
            return Optional.empty();
        }
        return schedule.activeUntil(at).map(end -> expiresAt.filter(end::isAfter).orElse(end));
    }
}

package dev.vedette.detection.engine;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * Wall-clock time of a zone without an allocation per point: the offset is kept until the zone's
 * next or previous change of it. Not state: it is worked out again after a restore.
 */
final class LocalTime {
    private final ZoneRules rules;
    private long from = Long.MAX_VALUE;
    private long until = Long.MIN_VALUE;
    private long offsetSeconds;

    LocalTime(ZoneId zone) {
        this.rules = zone.getRules();
    }

    /** Seconds since 1970-01-01T00:00 on that zone's wall clock. */
    long seconds(long epochMillis) {
        long seconds = Math.floorDiv(epochMillis, 1000);
        if (seconds < from || seconds >= until) {
            look(seconds);
        }
        return seconds + offsetSeconds;
    }

    private void look(long seconds) {
        Instant now = Instant.ofEpochSecond(seconds);
        offsetSeconds = rules.getOffset(now).getTotalSeconds();
        ZoneOffsetTransition next = rules.nextTransition(now);
        ZoneOffsetTransition before = rules.previousTransition(now.plusSeconds(1));
        until = next == null ? Long.MAX_VALUE : next.toEpochSecond();
        from = before == null ? Long.MIN_VALUE : before.toEpochSecond();
    }
}

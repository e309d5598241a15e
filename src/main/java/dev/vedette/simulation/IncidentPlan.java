package dev.vedette.simulation;

import java.time.Duration;
import java.time.Instant;

/**
 * How often something goes wrong in a fleet: one incident in every slot of time, short slots and
 * short incidents from the live start on, long ones before it.
 *
 * @param liveFrom where history ends
 * @param historySlot length of a slot of history, above 0
 * @param liveSlot length of a slot afterwards, above 0
 */
public record IncidentPlan(Instant liveFrom, Duration historySlot, Duration liveSlot) {
    /** No incident lasts, with all nodes it spreads to, longer than this many slots. */
    static final int LONGEST_IN_SLOTS = 4;

    /**
     * Validates the slots.
     *
     * @throws IllegalArgumentException when one is not at least a second; the message holds it
     */
    public IncidentPlan {
        if (historySlot.toSeconds() < 1 || liveSlot.toSeconds() < 1) {
            throw new IllegalArgumentException(
                    "slots must be at least a second, are " + historySlot + " and " + liveSlot);
        }
    }

    /** Four incidents a day before that time, one every four minutes after it. */
    public static IncidentPlan liveFrom(Instant liveFrom) {
        return new IncidentPlan(liveFrom, Duration.ofHours(6), Duration.ofMinutes(4));
    }

    /** Four incidents a day at all times. */
    public static IncidentPlan historyOnly() {
        return liveFrom(Instant.ofEpochMilli(Long.MAX_VALUE / 2));
    }
}

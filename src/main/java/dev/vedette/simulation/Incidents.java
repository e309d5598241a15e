package dev.vedette.simulation;

import java.util.ArrayList;
import java.util.List;

/** The incidents of a fleet, for any stretch of time. Immutable and thread-safe. */
final class Incidents {
    private final long historyKey;
    private final long liveKey;
    private final IncidentPlan plan;
    private final int clusters;
    private final int nodesPerCluster;

    Incidents(long key, IncidentPlan plan, int clusters, int nodesPerCluster) {
        this.historyKey = Noise.split(key, 1);
        this.liveKey = Noise.split(key, 2);
        this.plan = plan;
        this.clusters = clusters;
        this.nodesPerCluster = nodesPerCluster;
    }

    /** Those that touch the stretch from one time (inclusive) to another (exclusive). */
    List<Incident> touching(long fromMillis, long toMillis) {
        long liveFrom = plan.liveFrom().toEpochMilli();
        List<Incident> found = new ArrayList<>();
        // History slots are counted back from the live start, so none straddles it.
        collect(found, historyKey, plan.historySlot().toMillis(), fromMillis, toMillis, false);
        if (toMillis > liveFrom) {
            collect(found, liveKey, plan.liveSlot().toMillis(), fromMillis, toMillis, true);
        }
        return found;
    }

    private void collect(
            List<Incident> found, long key, long slot, long from, long to, boolean isLive) {
        long origin = plan.liveFrom().toEpochMilli();
        long first = Math.floorDiv(from - origin, slot) - IncidentPlan.LONGEST_IN_SLOTS;
        long last = Math.floorDiv(to - 1 - origin, slot);
        long lowest = isLive ? Math.max(0, first) : first;
        long highest = isLive ? last : Math.min(last, -1);
        for (long n = lowest; n <= highest; n++) {
            Incident incident =
                    Incident.in(
                            Noise.split(key, n),
                            origin + n * slot,
                            slot,
                            clusters,
                            nodesPerCluster);
            if (incident.fromMillis() < to && incident.toMillis() > from) {
                found.add(incident);
            }
        }
    }
}

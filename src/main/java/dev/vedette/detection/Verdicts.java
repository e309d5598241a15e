package dev.vedette.detection;

import dev.vedette.series.SeriesId;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/** What people said was real, and what was not: the newest word about each anomaly. */
public interface Verdicts {
    /**
     * A stretch of a series that people judged.
     *
     * @param series which
     * @param from its first moment
     * @param to its last
     * @param isReal whether it was real; else a false alarm, or the new normal
     */
    record Verdict(SeriesId series, Instant from, Instant to, boolean isReal) {
        /** Whether it touches that stretch. */
        public boolean touches(Instant start, Instant end) {
            return !from.isAfter(end) && !to.isBefore(start);
        }
    }

    /** Those of some series that begin in a range; what was expected is neither. */
    Uni<List<Verdict>> of(TenantId tenant, List<SeriesId> series, TimeRange range);
}

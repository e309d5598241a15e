package dev.vedette.detection;

import dev.vedette.series.Series;
import java.time.Instant;
import java.util.List;

/**
 * How many of a tenant's series are judged, and when the others will be, as of the last
 * checkpoints.
 *
 * @param engines by engine, the one with the most series first
 * @param learning series that are not judged yet, the last to be ready first; only the first ones
 */
public record WarmUp(List<Engine> engines, List<Learning> learning) {
    /** Copies the lists. */
    public WarmUp {
        engines = List.copyOf(engines);
        learning = List.copyOf(learning);
    }

    /**
     * What one engine has at work.
     *
     * @param engine its id
     * @param ready series that are judged
     * @param learning series that are not yet
     */
    public record Engine(String engine, long ready, long learning) {}

    /**
     * A series that is not judged yet.
     *
     * @param readyAt when the first verdict is due, by the usual spacing of points
     */
    public record Learning(Series series, String engine, Instant readyAt) {}
}

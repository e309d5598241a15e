package dev.vedette.detection;

import java.util.Optional;

/**
 * What sibling series knew when a series had its first point. Made once, by the worker that judges
 * that point, and stored with the same tick: whatever judges the series from its beginning again
 * starts from it, never from siblings as they are by then.
 *
 * @param seriesId {@link dev.vedette.series.SeriesId#value()} of the series that begins with it
 * @param engine id of the engine that made it and can read it
 * @param siblings how many series it is of, above 0
 * @param prior what {@link dev.vedette.detection.engine.EngineRegistry#prior} gave
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, compared nowhere
public record SeriesPrior(long seriesId, String engine, int siblings, byte[] prior) {
    /** What an evaluator of that engine begins with. */
    static Optional<byte[]> of(Optional<SeriesPrior> stored, String engine) {
        return stored.filter(one -> one.engine().equals(engine)).map(SeriesPrior::prior);
    }
}

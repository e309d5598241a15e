package dev.vedette.ingestion.source;

import dev.vedette.ingestion.IncomingBatch;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Consumer;

/** Somewhere points are fetched from. */
interface MetricSource {
    /** Which source, whose, and how often it is looked at. */
    SourceIdentity identity();

    /**
     * Fetches what the source has for that stretch. Called on a virtual thread, one call at a time;
     * may block. Handing over a point twice is harmless.
     *
     * @param from where the last successful fetch ended, exclusive; some time before now at first
     * @param to now, inclusive
     * @param sink takes the batches, oldest first; returns once a batch is durable
     * @throws IOException when the source cannot be reached or understood; the same stretch is
     *     asked for again
     */
    void fetch(Instant from, Instant to, Consumer<IncomingBatch> sink) throws IOException;
}

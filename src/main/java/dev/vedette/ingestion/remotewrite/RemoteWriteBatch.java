package dev.vedette.ingestion.remotewrite;

import dev.vedette.ingestion.IncomingBatch;

/**
 * What a write request holds.
 *
 * @param points series and their samples
 * @param samples how many samples there were, stale markers and NaN included
 * @param histograms how many native histograms there were; none is stored
 * @param exemplars how many exemplars there were; none is stored
 */
public record RemoteWriteBatch(IncomingBatch points, int samples, int histograms, int exemplars) {}

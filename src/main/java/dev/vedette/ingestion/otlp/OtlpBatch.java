package dev.vedette.ingestion.otlp;

import dev.vedette.ingestion.IncomingBatch;

/**
 * What an export request holds.
 *
 * @param points series and their points; a histogram or summary is several
 * @param exponentials how many points of exponential histograms there were, of which count and sum
 *     are among the points and the buckets are not
 * @param exemplars how many exemplars there were; none is stored
 */
public record OtlpBatch(IncomingBatch points, int exponentials, int exemplars) {}

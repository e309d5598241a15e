package dev.vedette.ingestion.influx;

import dev.vedette.ingestion.IncomingBatch;

/**
 * What a body of lines holds.
 *
 * @param points series and their points
 * @param texts how many fields were texts, which are no points and were left out
 */
public record LineBatch(IncomingBatch points, int texts) {}

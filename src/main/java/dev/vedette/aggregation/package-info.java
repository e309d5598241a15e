/**
 * Scores rolled up from metric to node to cluster to tenant, their ranking, and the words behind a
 * health score. What counts is pure: no framework, no SQL, no clock; {@code HealthReader} and
 * {@code RollupJob} bring the data to it. May import {@code tenant}, {@code series}, {@code
 * detection} and {@code explanation}. First class to read: {@link
 * dev.vedette.aggregation.AggregationPipeline}.
 */
@NullMarked
package dev.vedette.aggregation;

import org.jspecify.annotations.NullMarked;

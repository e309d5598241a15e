/**
 * Sources the service fetches points from by itself: Prometheus servers, folders of CSV files, the
 * simulator, the demo. Each hands decoded batches to {@link dev.vedette.ingestion.PointIntake}, the
 * same way in as every protocol. First class to read: {@link
 * dev.vedette.ingestion.source.MetricSource}.
 */
@NullMarked
package dev.vedette.ingestion.source;

import org.jspecify.annotations.NullMarked;

/**
 * The vocabulary of data: points, series, labels, ids, time ranges and windows. Imports the JDK and
 * {@code tenant} only. First class to read: {@link dev.vedette.series.MetricSeries}.
 */
@NullMarked
package dev.vedette.series;

import org.jspecify.annotations.NullMarked;

/**
 * The service as its own customer: what it measures of itself goes the way of every other point, so
 * that its own detectors watch it. Sits above {@code ingestion}, {@code http} and {@code
 * scheduling}. First class to read: {@link dev.vedette.telemetry.SelfMonitoring}.
 */
@NullMarked
package dev.vedette.telemetry;

import org.jspecify.annotations.NullMarked;

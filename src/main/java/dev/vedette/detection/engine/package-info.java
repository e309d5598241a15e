/**
 * Pure detection: engines, calibration and the life cycle of an anomaly on one series. No
 * framework, no SQL, no clock; imports {@code series} and the JDK only. First class to read: {@link
 * dev.vedette.detection.engine.SeriesEvaluator}.
 */
@NullMarked
package dev.vedette.detection.engine;

import org.jspecify.annotations.NullMarked;

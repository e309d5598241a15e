/**
 * What tenants set about detection, and what holds for a series: stored rules, the safe defaults of
 * the usual kinds of metrics, and their resolution field by field, the most specific rule first.
 * Imports the vocabulary and {@code detection.engine}; but for the service {@link
 * dev.vedette.detection.threshold.Thresholds} it is pure. Read {@link
 * dev.vedette.detection.threshold.TenantThresholds} first.
 */
@NullMarked
package dev.vedette.detection.threshold;

import org.jspecify.annotations.NullMarked;

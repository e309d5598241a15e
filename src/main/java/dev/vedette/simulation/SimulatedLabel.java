package dev.vedette.simulation;

import dev.vedette.series.TimeRange;

/**
 * The truth about one anomaly of one simulated series.
 *
 * @param series on which series
 * @param window when
 * @param kind what is wrong
 * @param severity how much
 */
public record SimulatedLabel(
        FleetSeries series, TimeRange window, InjectedKind kind, InjectedSeverity severity) {}

package dev.vedette.simulation;

/**
 * One series of a fleet.
 *
 * @param index its number in the fleet, from 0: node by node, metric by metric
 * @param clusterId its cluster
 * @param nodeId its node
 * @param metric what is measured
 */
public record FleetSeries(int index, String clusterId, String nodeId, FleetMetric metric) {}

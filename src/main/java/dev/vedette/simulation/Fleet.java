package dev.vedette.simulation;

import dev.vedette.series.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Clusters of nodes that live through days, weeks and labelled incidents. Any stretch of any series
 * can be asked for at any time: {@link #fill} for history, {@link #fillStep} for a live tick; both
 * give the same values for the same moment. Immutable and thread-safe.
 */
public final class Fleet {
    private static final List<FleetMetric> METRICS = List.of(FleetMetric.values());

    private final List<FleetNode> nodes = new ArrayList<>();
    private final List<FleetSeries> series = new ArrayList<>();
    private final int nodesPerCluster;
    private final Incidents incidents;

    /**
     * A fleet of that seed.
     *
     * @param clusters how many clusters, 1 to 1000
     * @param nodesPerCluster how many nodes each has, 1 to 10 000
     * @param plan how often something goes wrong
     * @throws IllegalArgumentException when a number is out of its range; the message holds it
     */
    public Fleet(long seed, int clusters, int nodesPerCluster, IncidentPlan plan) {
        if (clusters < 1 || clusters > 1000 || nodesPerCluster < 1 || nodesPerCluster > 10_000) {
            throw new IllegalArgumentException(
                    "a fleet has 1 to 1000 clusters of 1 to 10000 nodes, asked for "
                            + clusters
                            + " of "
                            + nodesPerCluster);
        }
        this.nodesPerCluster = nodesPerCluster;
        this.incidents = new Incidents(Noise.split(seed, -1), plan, clusters, nodesPerCluster);
        for (int cluster = 0; cluster < clusters; cluster++) {
            addCluster(seed, cluster);
        }
    }

    /**
     * The demo's fleet: 6 clusters of 20 nodes with 8 metrics.
     *
     * @param liveFrom where history ends: four incidents a day before, one every four minutes after
     */
    public static Fleet demo(long seed, Instant liveFrom) {
        return new Fleet(seed, 6, 20, IncidentPlan.liveFrom(liveFrom));
    }

    private void addCluster(long seed, int cluster) {
        for (int node = 0; node < nodesPerCluster; node++) {
            FleetNode added =
                    new FleetNode(
                            FleetNames.cluster(cluster),
                            FleetNames.node(cluster, node, nodesPerCluster),
                            Noise.split(seed, nodes.size()),
                            FleetNames.peakHour(cluster));
            nodes.add(added);
            for (FleetMetric metric : METRICS) {
                series.add(
                        new FleetSeries(series.size(), added.clusterId(), added.nodeId(), metric));
            }
        }
    }

    /** All series, by index. */
    public List<FleetSeries> series() {
        return List.copyOf(series);
    }

    /** How many series. */
    public int size() {
        return series.size();
    }

    /**
     * Values of one series at equal steps.
     *
     * @param index which series, 0 to {@link #size()} − 1
     * @param fromMillis time of the first, milliseconds since 1970-01-01T00:00Z
     * @param stepMillis time between two, above 0
     * @param out filled from index 0 on, whole; NaN where the series sends no point
     */
    public void fill(int index, long fromMillis, long stepMillis, double[] out) {
        long toMillis = fromMillis + out.length * stepMillis;
        List<Injection> injections =
                injections(fromMillis, toMillis).getOrDefault(index, List.of());
        for (int i = 0; i < out.length; i++) {
            out[i] = value(index, fromMillis + i * stepMillis, injections);
        }
    }

    /**
     * The values of all series at one moment.
     *
     * @param out filled by index, {@link #size()} long; NaN where a series sends no point
     */
    public void fillStep(long epochMillis, double[] out) {
        Map<Integer, List<Injection>> injections = injections(epochMillis, epochMillis + 1);
        for (int index = 0; index < series.size(); index++) {
            out[index] = value(index, epochMillis, injections.getOrDefault(index, List.of()));
        }
    }

    /**
     * The truth about every anomaly that touches that stretch of time, by start, then by series.
     */
    public List<SimulatedLabel> labels(TimeRange range) {
        List<SimulatedLabel> labels = new ArrayList<>();
        injections(range.from().toEpochMilli(), range.to().toEpochMilli())
                .forEach((index, injections) ->
                        injections.forEach(i ->
                                labels.add(
                                        new SimulatedLabel(
                                                series.get(index),
                                                i.window(),
                                                i.kind(),
                                                i.severity()))));
        labels.sort(
                Comparator.comparing((SimulatedLabel l) -> l.window().from())
                        .thenComparingInt(l -> l.series().index()));
        return labels;
    }

    private double value(int index, long epochMillis, List<Injection> injections) {
        double value = undisturbed(index, epochMillis);
        for (Injection injection : injections) {
            if (injection.covers(epochMillis)) {
                value =
                        injection.apply(
                                key(index),
                                epochMillis,
                                value,
                                metric(index).spread(node(index)),
                                time -> undisturbed(index, time));
            }
        }
        return Double.isNaN(value) ? value : metric(index).sent(value);
    }

    private double undisturbed(int index, long epochMillis) {
        FleetNode node = node(index);
        return metric(index).raw(node, key(index), epochMillis, node.loadAt(epochMillis));
    }

    private FleetNode node(int index) {
        return nodes.get(index / METRICS.size());
    }

    private FleetMetric metric(int index) {
        return METRICS.get(index % METRICS.size());
    }

    private long key(int index) {
        return node(index).metricKey(index % METRICS.size());
    }

    /** The anomalies that touch that stretch of time, by series. */
    private Map<Integer, List<Injection>> injections(long fromMillis, long toMillis) {
        Map<Integer, List<Injection>> bySeries = new HashMap<>();
        for (Incident incident : incidents.touching(fromMillis, toMillis)) {
            for (int n = 0; n < incident.nodes(); n++) {
                int node = incident.cluster() * nodesPerCluster + incident.node(n, nodesPerCluster);
                for (Map.Entry<FleetMetric, InjectedKind> effect :
                        incident.scenario().effects().entrySet()) {
                    Injection injection = incident.injection(effect.getValue(), n);
                    if (injection.fromMillis() < toMillis && injection.toMillis() > fromMillis) {
                        int index = node * METRICS.size() + METRICS.indexOf(effect.getKey());
                        bySeries.computeIfAbsent(index, _ -> new ArrayList<>()).add(injection);
                    }
                }
            }
        }
        return bySeries;
    }
}

package dev.vedette.simulation;

import static dev.vedette.simulation.FleetMetric.CPU_USAGE;
import static dev.vedette.simulation.FleetMetric.DISK_READ;
import static dev.vedette.simulation.FleetMetric.DISK_USAGE;
import static dev.vedette.simulation.FleetMetric.ERRORS;
import static dev.vedette.simulation.FleetMetric.MEMORY_USED;
import static dev.vedette.simulation.FleetMetric.NETWORK_IN;
import static dev.vedette.simulation.FleetMetric.P99_LATENCY;
import static dev.vedette.simulation.FleetMetric.REQUESTS;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What can go wrong on a node, and which of its metrics show it. */
enum Scenario {
    BUSY_LOOP(true, Map.of(CPU_USAGE, InjectedKind.SPIKE, P99_LATENCY, InjectedKind.SPIKE)),
    MEMORY_LEAK(false, Map.of(MEMORY_USED, InjectedKind.TREND)),
    TRAFFIC_LOSS(true, Map.of(REQUESTS, InjectedKind.DIP, NETWORK_IN, InjectedKind.DIP)),
    BAD_RELEASE(
            false, Map.of(P99_LATENCY, InjectedKind.LEVEL_SHIFT, ERRORS, InjectedKind.LEVEL_SHIFT)),
    ERROR_BURST(true, Map.of(ERRORS, InjectedKind.SPIKE)),
    DISK_FILLING(false, Map.of(DISK_USAGE, InjectedKind.TREND)),
    UNSTEADY(false, Map.of(P99_LATENCY, InjectedKind.VARIANCE, CPU_USAGE, InjectedKind.VARIANCE)),
    STUCK_SENSOR(false, Map.of(DISK_READ, InjectedKind.FLATLINE)),
    SILENT_AGENT(false, all(InjectedKind.MISSING)),
    MISSED_PEAK(false, Map.of(REQUESTS, InjectedKind.SEASONAL));

    private static final List<Scenario> ALL = List.of(values());

    private final boolean isShort;

    @SuppressWarnings("ImmutableEnumChecker") // copied, see the constructor
    private final Map<FleetMetric, InjectedKind> effects;

    Scenario(boolean isShort, Map<FleetMetric, InjectedKind> effects) {
        this.isShort = isShort;
        this.effects = Map.copyOf(effects);
    }

    static Scenario drawn(long key, long n) {
        return ALL.get(Noise.below(ALL.size(), key, n));
    }

    /** Whether it is over in a fraction of a slot. */
    boolean isShort() {
        return isShort;
    }

    Map<FleetMetric, InjectedKind> effects() {
        return effects;
    }

    private static Map<FleetMetric, InjectedKind> all(InjectedKind kind) {
        return Arrays.stream(FleetMetric.values())
                .collect(Collectors.toMap(metric -> metric, _ -> kind));
    }
}

package dev.vedette.ingestion.source;

import dev.vedette.ingestion.IncomingBatch;
import dev.vedette.ingestion.IngestionConfig;
import dev.vedette.simulation.Fleet;
import dev.vedette.simulation.IncidentPlan;
import java.time.Instant;
import java.util.function.Consumer;

/** A simulated fleet, live: one point of every series per interval. */
final class SimulatorSource implements MetricSource {
    private final SourceIdentity identity;
    private final FleetBatches fleet;

    SimulatorSource(SourceIdentity identity, Fleet fleet) {
        this.identity = identity;
        this.fleet = new FleetBatches(fleet);
    }

    static SimulatorSource of(String name, IngestionConfig.Source config) {
        return new SimulatorSource(
                SourceIdentity.of(name, config),
                // as if it had always been live
                new Fleet(
                        config.seed(),
                        config.clusters(),
                        config.nodesPerCluster(),
                        IncidentPlan.liveFrom(Instant.EPOCH)));
    }

    @Override
    public SourceIdentity identity() {
        return identity;
    }

    @Override
    public void fetch(Instant from, Instant to, Consumer<IncomingBatch> sink) {
        long step = identity.interval().toMillis();
        long last = to.toEpochMilli() / step * step;
        for (long time = (from.toEpochMilli() / step + 1) * step; time <= last; time += step) {
            sink.accept(fleet.moment(time));
        }
    }
}

package dev.vedette.ingestion.source;

import dev.vedette.ingestion.IncomingBatch;
import dev.vedette.ingestion.IngestionConfig;
import dev.vedette.simulation.Fleet;
import dev.vedette.simulation.IncidentPlan;
import dev.vedette.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** A simulated fleet, live: one point of every series per interval. */
final class SimulatorSource implements MetricSource {
    private final String name;
    private final TenantId tenant;
    private final Duration interval;
    private final FleetBatches fleet;

    SimulatorSource(String name, TenantId tenant, Duration interval, Fleet fleet) {
        this.name = name;
        this.tenant = tenant;
        this.interval = interval;
        this.fleet = new FleetBatches(fleet);
    }

    static SimulatorSource of(String name, IngestionConfig.Source config) {
        return new SimulatorSource(
                name,
                new TenantId(config.tenant()),
                config.interval(),
                // as if it had always been live
                new Fleet(
                        config.seed(),
                        config.clusters(),
                        config.nodesPerCluster(),
                        IncidentPlan.liveFrom(Instant.EPOCH)));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public TenantId tenant() {
        return tenant;
    }

    @Override
    public Duration interval() {
        return interval;
    }

    @Override
    public void fetch(Instant from, Instant to, Consumer<IncomingBatch> sink) {
        long step = interval.toMillis();
        long last = to.toEpochMilli() / step * step;
        for (long time = (from.toEpochMilli() / step + 1) * step; time <= last; time += step) {
            sink.accept(fleet.moment(time));
        }
    }
}

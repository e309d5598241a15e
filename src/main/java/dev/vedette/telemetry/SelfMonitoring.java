package dev.vedette.telemetry;

import dev.vedette.http.Bootstrap;
import dev.vedette.ingestion.IncomingBatch;
import dev.vedette.ingestion.PointIntake;
import dev.vedette.scheduling.PeriodicJob;
import dev.vedette.scheduling.SchedulingConfig;
import dev.vedette.scheduling.ServiceRole;
import dev.vedette.tenant.TenantId;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Takes this process's key metrics in as points of a tenant of its own. Every process does so,
 * whatever its roles; each is a node of the cluster {@code vedette}. What it takes in is itself
 * counted among the points taken in: a dozen in each interval.
 */
@Singleton
class SelfMonitoring implements PeriodicJob {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SelfMonitoringConfig config;
    private final ServiceRole role;
    private final Bootstrap bootstrap;
    private final PointIntake intake;
    private final InstantSource clock;
    private final TenantId tenant;
    private final OwnMetrics metrics;
    private boolean tenantThere;

    SelfMonitoring(
            SelfMonitoringConfig config,
            SchedulingConfig scheduling,
            Bootstrap bootstrap,
            PointIntake intake,
            InstantSource clock,
            MeterRegistry registry) {
        this.config = config;
        this.role = scheduling.roles().stream().sorted().findFirst().orElse(ServiceRole.WORKER);
        this.bootstrap = bootstrap;
        this.intake = intake;
        this.clock = clock;
        this.tenant = new TenantId(config.tenant());
        this.metrics =
                new OwnMetrics(
                        registry, OwnMetric.ALL, config.node().orElseGet(SelfMonitoring::host));
    }

    @Override
    public String name() {
        return "self-monitoring";
    }

    @Override
    public Duration interval() {
        return config.interval();
    }

    @Override
    public ServiceRole role() {
        return role;
    }

    @Override
    public void run() {
        if (!config.enabled()) {
            return;
        }
        if (!tenantThere) {
            bootstrap.ensureTenant(tenant, "Vedette itself");
            tenantThere = true;
        }
        IncomingBatch batch = metrics.read(clock.instant());
        if (batch.points().size() > 0) {
            intake.takeFetched(tenant, batch).await().atMost(PATIENCE);
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown-host";
        }
    }
}

package dev.vedette.telemetry;

import dev.vedette.scheduling.Dependency;
import dev.vedette.scheduling.PeriodicJob;
import dev.vedette.scheduling.SchedulingConfig;
import dev.vedette.scheduling.ServiceRole;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Asks what this process's roles depend on whether it is there, and says so: as a metric, in the
 * log when it changes, and in the answer to the readiness probe. The probe fails only for what no
 * request can be answered without: a process taken out of service because the mail server is away
 * would take ingestion and pages with it.
 */
@Startup
@Readiness
@Singleton
class DependencyWatch implements PeriodicJob, HealthCheck {
    private final DependencyConfig config;
    private final ServiceRole role;
    private final List<WatchedDependency> watched;

    DependencyWatch(
            DependencyConfig config,
            SchedulingConfig scheduling,
            @All List<Dependency> dependencies,
            InstantSource clock,
            MeterRegistry registry) {
        this.config = config;
        this.role = scheduling.roles().stream().sorted().findFirst().orElse(ServiceRole.WORKER);
        this.watched =
                dependencies.stream()
                        .filter(Dependency::isSetUp)
                        .filter(one -> !Collections.disjoint(one.roles(), scheduling.roles()))
                        .map(one -> new WatchedDependency(one, clock, registry))
                        .toList();
    }

    @Override
    public String name() {
        return "watch-dependencies";
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
        // Side by side: one that hangs must not make the others look as they did before.
        try (ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor()) {
            watched.forEach(one -> asking.execute(one::ask));
        }
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("dependencies")
                        .status(watched.stream().allMatch(WatchedDependency::lets));
        watched.forEach(one -> answer.withData(one.name(), one.words()));
        return answer.build();
    }
}

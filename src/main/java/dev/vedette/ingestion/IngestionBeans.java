package dev.vedette.ingestion;

import dev.vedette.tracing.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Puts the parts of ingestion together from their settings. */
@ApplicationScoped
class IngestionBeans {
    // At start, so that its meters are there, at zero, before the first request: alerts need them.
    @Startup
    @Produces
    @Singleton
    PointIntake intake(
            IngestionConfig config,
            SeriesStore store,
            PointLog log,
            PointQuota quota,
            TenantQuotas quotas,
            InstantSource clock,
            IngestionMetrics metrics,
            Tracing tracing) {
        return new PointIntake(
                new Admission(
                        new AdmissionRules(config.maxAhead(), config.maxAge(), config.maxErrors())),
                new Catalogue(store, config.maxCachedSeries()),
                groupCommit(config.commit(), log, metrics, tracing),
                quota,
                quotas,
                clock,
                metrics);
    }

    @Produces
    @Singleton
    PointQuota quota() {
        return new PointQuota(System::nanoTime);
    }

    @Produces
    @Singleton
    IngestionMetrics metrics(MeterRegistry registry, IntakeTally tally) {
        return new IngestionMetrics(registry, tally);
    }

    @Produces
    @Singleton
    IntakeTally tally(InstantSource clock) {
        return new IntakeTally(clock);
    }

    @Produces
    @Singleton
    SentIdentities identities(IngestionConfig config) {
        return new SentIdentities(config.maxCachedSeries());
    }

    @Produces
    @Singleton
    LabelMappings mappings(LabelMappingStore store, InstantSource clock) {
        return new LabelMappings(store, clock);
    }

    private static GroupCommit groupCommit(
            IngestionConfig.Commit config,
            PointLog log,
            IngestionMetrics metrics,
            Tracing tracing) {
        // Splitting a commit is work for a virtual thread: requests come on event loops.
        Executor workers =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("group-commit-", 0).factory());
        Executor linger =
                CompletableFuture.delayedExecutor(
                        config.linger().toNanos(), TimeUnit.NANOSECONDS, workers);
        CommitSettings settings =
                new CommitSettings(
                        config.lanes(),
                        config.maxPoints(),
                        config.maxQueued().asLongValue(),
                        config.maxQueuedPerTenant().asLongValue(),
                        config.timeout());
        return new GroupCommit(log, settings, linger, workers, metrics, tracing);
    }
}

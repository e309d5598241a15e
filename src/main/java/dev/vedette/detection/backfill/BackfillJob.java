package dev.vedette.detection.backfill;

import dev.vedette.detection.AnomalyExplainer;
import dev.vedette.detection.SettingsSource;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.ingestion.StorageUnavailableException;
import dev.vedette.scheduling.PeriodicJob;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Works backfills off, one at a time in each worker. On a thread of its own, as judging years of
 * points would hold a carrier of virtual threads, which live detection runs on, for seconds.
 */
@ApplicationScoped
class BackfillJob implements PeriodicJob {
    private static final Logger LOG = Logger.getLogger(BackfillJob.class);
    private static final Duration NAP = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private static final String FAILED = "failed";

    private final BackfillWork work;
    private final BackfillRun run;
    private final BackfillConfig config;
    private final LiveLag lag;
    private final MeterRegistry metrics;
    private final String owner = ProcessHandle.current().pid() + "/" + UUID.randomUUID();
    private volatile boolean stopping;

    BackfillJob(
            BackfillWork work,
            EngineRegistry engines,
            SettingsSource settings,
            AnomalyExplainer explainer,
            BackfillConfig config,
            LiveLag lag,
            InstantSource clock,
            MeterRegistry metrics) {
        this.work = work;
        this.config = config;
        this.lag = lag;
        this.metrics = metrics;
        this.run =
                new BackfillRun(
                        work,
                        new BackfillRun.Judging(engines, settings, explainer),
                        this::rest,
                        clock);
        for (BackfillRun.End end : BackfillRun.End.values()) {
            runs(end.name().toLowerCase(Locale.ROOT));
        }
        runs(FAILED);
    }

    @Override
    public String name() {
        return "backfill";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(2);
    }

    @Override
    public void run() {
        Thread thread = Thread.ofPlatform().name("backfill").daemon().start(this::workOff);
        try {
            thread.join();
        } catch (InterruptedException e) {
            stopping = true;
            Thread.currentThread().interrupt();
        }
    }

    void stop(@Observes ShutdownEvent stopped) {
        stopping = true;
    }

    private void workOff() {
        try {
            Optional<BackfillWork.Task> task = work.take(owner, BackfillRun.LEASE);
            while (task.isPresent() && !stopping) {
                workOff(task.get());
                task = stopping ? Optional.empty() : work.take(owner, BackfillRun.LEASE);
            }
        } catch (RuntimeException e) {
            LOG.warnf("backfills wait: %s", e.getMessage());
        }
    }

    private void workOff(BackfillWork.Task task) {
        Backfill backfill = task.backfill();
        try {
            BackfillRun.End end = run.run(task);
            if (end == BackfillRun.End.INTERRUPTED) {
                work.release(task);
            }
            ended(backfill, end.name().toLowerCase(Locale.ROOT));
        } catch (StorageUnavailableException e) {
            // Nothing can be said to the database; the lease ends and somebody goes on.
            throw e;
        } catch (RuntimeException e) {
            LOG.errorf(
                    e, "backfill failed tenant=%s backfill=%s", backfill.tenant(), backfill.id());
            work.fail(task, String.valueOf(e.getMessage()));
            ended(backfill, FAILED);
        }
    }

    private void ended(Backfill backfill, String end) {
        runs(end).increment();
        LOG.infof(
                "backfill ended tenant=%s backfill=%s outcome=%s",
                backfill.tenant(), backfill.id(), end);
    }

    private Counter runs(String outcome) {
        return metrics.counter("vedette_backfill_runs_total", "outcome", outcome);
    }

    private boolean rest(Duration worked) {
        double share = config.cpuShare();
        Duration rest = Duration.ofNanos((long) (worked.toNanos() * (1 - share) / share));
        Duration rested = Duration.ZERO;
        while (!stopping
                && rested.compareTo(LONGEST_WAIT) < 0
                && (rested.compareTo(rest) < 0
                        || lag.worst().compareTo(config.mostLiveLag()) > 0)) {
            Duration nap = rest.minus(rested);
            nap = nap.isPositive() && nap.compareTo(NAP) < 0 ? nap : NAP;
            pause(nap);
            rested = rested.plus(nap);
        }
        return !stopping;
    }

    private void pause(Duration nap) {
        try {
            Thread.sleep(nap);
        } catch (InterruptedException e) {
            stopping = true;
            Thread.currentThread().interrupt();
        }
    }
}

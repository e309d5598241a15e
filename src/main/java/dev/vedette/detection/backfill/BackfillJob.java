package dev.vedette.detection.backfill;

import dev.vedette.detection.AnomalyExplainer;
import dev.vedette.detection.SettingsSource;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.ingestion.StorageUnavailableException;
import dev.vedette.scheduling.PeriodicJob;
import dev.vedette.scheduling.QueueWorker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import org.jboss.logging.Logger;

/** Works backfills off, one at a time in each worker. */
@ApplicationScoped
class BackfillJob implements PeriodicJob {
    private static final Logger LOG = Logger.getLogger(BackfillJob.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final int MOST_ATTEMPTS = 5;

    private static final String FAILED = "failed";

    private final BackfillWork work;
    private final BackfillRun run;
    private final BackfillConfig config;
    private final LiveLag lag;
    private final MeterRegistry metrics;
    private final QueueWorker<BackfillWork.Task> worker;

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
        this.worker =
                new QueueWorker<>(
                        name(), owner -> work.take(owner, BackfillRun.LEASE), this::workOff);
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
        worker.run();
    }

    @Override
    public void askToStop() {
        worker.stop();
    }

    private void workOff(BackfillWork.Task task) {
        Backfill backfill = task.backfill();
        try {
            if (task.attempt() > MOST_ATTEMPTS) {
                throw new IllegalStateException("its workers ended " + MOST_ATTEMPTS + " times");
            }
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
        return worker.rest(
                worked,
                config.cpuShare(),
                LONGEST_WAIT,
                () -> lag.worst().compareTo(config.mostLiveLag()) > 0);
    }
}

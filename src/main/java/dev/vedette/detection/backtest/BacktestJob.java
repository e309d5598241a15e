package dev.vedette.detection.backtest;

import dev.vedette.detection.ThresholdTrials;
import dev.vedette.detection.Verdicts;
import dev.vedette.detection.threshold.TenantThresholds;
import dev.vedette.detection.threshold.Thresholds;
import dev.vedette.ingestion.StorageUnavailableException;
import dev.vedette.scheduling.PeriodicJob;
import dev.vedette.scheduling.QueueWorker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Works backtests off, one at a time in each worker, some series at a time: who goes on after a
 * crash begins with those that are not done.
 */
@ApplicationScoped
class BacktestJob implements PeriodicJob {
    private static final Logger LOG = Logger.getLogger(BacktestJob.class);

    /** How long nobody else takes a backtest whose worker is silent. */
    static final Duration LEASE = Duration.ofMinutes(2);

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LONGEST_REST = Duration.ofSeconds(10);

    /** Series in memory together: 16 bytes a point. */
    private static final int AT_ONCE = 4;

    private static final int MOST_POINTS = 400_000;
    private static final int MOST_ATTEMPTS = 5;

    /** How a run ended. */
    private enum End {
        COMPLETED,
        CANCELLED,
        INTERRUPTED,
        FAILED
    }

    private final BacktestWork work;
    private final Thresholds thresholds;
    private final ThresholdTrials trials;
    private final Verdicts verdicts;
    private final BacktestConfig config;
    private final InstantSource clock;
    private final MeterRegistry metrics;
    private final QueueWorker<BacktestWork.Task> worker;

    BacktestJob(
            BacktestWork work,
            Thresholds thresholds,
            ThresholdTrials trials,
            Verdicts verdicts,
            BacktestConfig config,
            InstantSource clock,
            MeterRegistry metrics) {
        this.work = work;
        this.thresholds = thresholds;
        this.trials = trials;
        this.verdicts = verdicts;
        this.config = config;
        this.clock = clock;
        this.metrics = metrics;
        this.worker = new QueueWorker<>(name(), owner -> work.take(owner, LEASE), this::workOff);
        for (End end : End.values()) {
            runs(end);
        }
    }

    @Override
    public String name() {
        return "backtest";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void run() {
        worker.run();
    }

    @Override
    public void askToStop() {
        worker.stop();
    }

    private void workOff(BacktestWork.Task task) {
        BacktestRun run = task.run();
        End end;
        try {
            if (task.attempt() > MOST_ATTEMPTS) {
                throw new IllegalStateException("its workers ended " + MOST_ATTEMPTS + " times");
            }
            end = tryAll(task);
        } catch (StorageUnavailableException e) {
            // Nothing can be said to the database; the lease ends and somebody goes on.
            throw e;
        } catch (RuntimeException e) {
            LOG.errorf(e, "backtest failed tenant=%s backtest=%s", run.tenant(), run.id());
            work.fail(task, String.valueOf(e.getMessage()));
            end = End.FAILED;
        }
        runs(end).increment();
        LOG.infof(
                "backtest ended tenant=%s backtest=%s outcome=%s",
                run.tenant(), run.id(), end.name().toLowerCase(Locale.ROOT));
    }

    private End tryAll(BacktestWork.Task task) {
        BacktestRun run = task.run();
        TenantThresholds rules = thresholds.current(run.tenant()).await().atMost(PATIENCE);
        Optional<Integer> begun = work.begin(task, rules.fingerprint());
        if (begun.isEmpty()) {
            return End.CANCELLED;
        }
        int done = begun.get();
        while (done < run.progress().seriesTotal()) {
            BacktestWork.Chunk chunk = work.next(task, done, AT_ONCE);
            long began = clock.millis();
            if (!work.stage(task, compared(run, rules, chunk), chunk.done(), LEASE)) {
                return End.CANCELLED;
            }
            done = chunk.done();
            Duration worked = Duration.ofMillis(clock.millis() - began);
            if (!worker.rest(worked, config.cpuShare(), LONGEST_REST, () -> false)) {
                work.release(task);
                return End.INTERRUPTED;
            }
        }
        return work.complete(task) ? End.COMPLETED : End.CANCELLED;
    }

    private List<Backtest.OfSeries> compared(
            BacktestRun run, TenantThresholds rules, BacktestWork.Chunk chunk) {
        ThresholdTrials.Trial trial =
                trials.of(run.tenant(), chunk.series(), run.range(), MOST_POINTS)
                        .await()
                        .atMost(PATIENCE);
        Comparison compared = Comparison.of(trial, rules, run.draft());
        return compared
                .judged(
                        verdicts.of(run.tenant(), compared.series(), run.range())
                                .await()
                                .atMost(PATIENCE))
                .stream()
                .filter(one -> !one.isSilent())
                .toList();
    }

    private Counter runs(End end) {
        return metrics.counter(
                "vedette_backtest_runs_total", "outcome", end.name().toLowerCase(Locale.ROOT));
    }
}

package dev.vedette.detection.backtest;

import dev.vedette.detection.ThresholdTrials;
import dev.vedette.detection.Verdicts;
import dev.vedette.detection.threshold.ThresholdRule;
import dev.vedette.detection.threshold.Thresholds;
import dev.vedette.http.Caller;
import dev.vedette.http.ProblemException;
import dev.vedette.http.ProblemKind;
import dev.vedette.scheduling.JobPosition;
import dev.vedette.scheduling.JobState;
import dev.vedette.series.Series;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A change of the rules on a past range, beside the rules as they are: looked at quickly, or as a
 * job. No rule is changed.
 */
@ApplicationScoped
public class Backtests {
    private static final Duration LATER = Duration.ofSeconds(30);

    private final Thresholds thresholds;
    private final ThresholdTrials trials;
    private final Verdicts verdicts;
    private final BacktestStore store;
    private final BacktestConfig config;
    private final InstantSource clock;

    Backtests(
            Thresholds thresholds,
            ThresholdTrials trials,
            Verdicts verdicts,
            BacktestStore store,
            BacktestConfig config,
            InstantSource clock) {
        this.thresholds = thresholds;
        this.trials = trials;
        this.verdicts = verdicts;
        this.store = store;
        this.config = config;
        this.clock = clock;
    }

    /**
     * A quick look: the alarms on the first series that the rule is about; fails as a trial does.
     * Stores nothing.
     */
    public Uni<Backtest> look(TenantId tenant, ThresholdRule draft, TimeRange range) {
        return thresholds
                .current(tenant)
                .chain(rules ->
                        trials.run(
                                tenant,
                                draft.scope(),
                                range,
                                trial -> Comparison.of(trial, rules, draft)))
                .chain(compared ->
                        verdicts.of(tenant, compared.series(), range)
                                .map(words -> new Backtest(range, compared.judged(words))));
    }

    /**
     * Queues one on all series that the rule is about.
     *
     * @return fails with {@link ProblemException} when no series fits, it is too large, or the
     *     tenant has too many at work
     */
    public Uni<BacktestRun> queue(Caller caller, ThresholdRule draft, TimeRange range) {
        TenantId tenant = caller.tenant().orElseThrow();
        return trials.series(tenant, draft.scope(), config.mostSeries())
                .invoke(series -> requireSize(series.size(), range))
                .chain(series -> {
                    BacktestRun run =
                            new BacktestRun(
                                    tenant,
                                    UUID.randomUUID(),
                                    draft,
                                    range,
                                    caller.subject(),
                                    clock.instant(),
                                    BacktestRun.Progress.queued(series.size()));
                    return store.create(
                                    run,
                                    series.stream().map(Series::id).toList(),
                                    config.mostActive())
                            .invoke(this::requirePlace)
                            .replaceWith(run);
                });
    }

    private void requirePlace(boolean isStored) {
        if (!isStored) {
            throw ProblemException.retryable(
                    ProblemKind.TOO_MANY_REQUESTS,
                    config.mostActive() + " backtests are queued or running already",
                    LATER);
        }
    }

    private void requireSize(int series, TimeRange range) {
        if (series == 0) {
            throw ProblemException.invalid(
                    "/rule/scope", "no_series", "no series fits", "see GET /api/v1/series");
        }
        if (series > config.mostSeries()) {
            throw ProblemException.invalid(
                    "/rule/scope",
                    "too_large",
                    "more than " + config.mostSeries() + " series fit",
                    "name a cluster, a node or a metric");
        }
        long days = Math.max(1, Math.ceilDiv(range.duration().toHours(), 24));
        if (series * days > config.mostSeriesDays()) {
            throw ProblemException.invalid(
                    "/from",
                    "too_large",
                    "%d series times %d days is more than %d"
                            .formatted(series, days, config.mostSeriesDays()),
                    "ask for a shorter range or fewer series");
        }
    }

    /** The tenant's backtest of that id; fails with {@link ProblemKind#NOT_FOUND}. */
    public Uni<BacktestRun> find(TenantId tenant, UUID id) {
        return store.find(tenant, id).map(found -> known(found, id));
    }

    /**
     * What it found: its series with an alarm or a word of somebody, by id; empty while it is not
     * completed.
     */
    public Uni<Optional<Backtest>> result(BacktestRun run) {
        return run.progress().state() == JobState.COMPLETED
                ? store.found(run.tenant(), run.id())
                        .map(found -> Optional.of(new Backtest(run.range(), found)))
                : Uni.createFrom().item(Optional.empty());
    }

    /** The tenant's backtests, newest first. */
    public Uni<List<BacktestRun>> list(TenantId tenant, Optional<JobPosition> after, int limit) {
        return store.list(tenant, after, limit);
    }

    /** Stops one; fails with {@link ProblemKind#CONFLICT} when it had ended otherwise. */
    public Uni<BacktestRun> cancel(TenantId tenant, UUID id) {
        return store.cancel(tenant, id)
                .map(found -> known(found, id))
                .invoke(found -> {
                    if (found.progress().state() != JobState.CANCELLED) {
                        throw ProblemException.of(
                                ProblemKind.CONFLICT,
                                "the backtest is "
                                        + found.progress().state().label()
                                        + " and cannot be cancelled");
                    }
                });
    }

    private static BacktestRun known(Optional<BacktestRun> found, UUID id) {
        return found.orElseThrow(() -> ProblemException.notFound("backtest", id.toString()));
    }
}

package dev.vedette.dashboard;

import dev.vedette.detection.backtest.BacktestRun;
import dev.vedette.detection.backtest.Backtests;
import dev.vedette.detection.engine.DetectionEngine;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.threshold.MetricFamily;
import dev.vedette.detection.threshold.ThresholdRule;
import dev.vedette.detection.threshold.Thresholds;
import dev.vedette.http.CurrentCaller;
import dev.vedette.tenant.Role;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The page of backtests as an answer: the form, what it led to, and the jobs of late. */
@ApplicationScoped
class BacktestAnswers {
    private static final int LISTED = 20;

    private final PageAnswers answers;
    private final Backtests backtests;
    private final Thresholds thresholds;
    private final EngineRegistry engines;
    private final CurrentCaller caller;

    BacktestAnswers(
            PageAnswers answers,
            Backtests backtests,
            Thresholds thresholds,
            EngineRegistry engines,
            CurrentCaller caller) {
        this.answers = answers;
        this.backtests = backtests;
        this.thresholds = thresholds;
        this.engines = engines;
        this.caller = caller;
    }

    /**
     * The change of a form.
     *
     * @throws IllegalArgumentException when it says what no rule can
     */
    ThresholdRule draft(ThresholdForm form, Language language) {
        return thresholds.draft(
                caller.caller(),
                ThresholdRule.isName(form.name()) ? form.name() : "draft",
                form.scope(language),
                form.fields(language));
    }

    /**
     * The page.
     *
     * @param form as it was filled in
     * @param days how many days of the past were asked for
     * @param news what was just done
     */
    Uni<Response> page(Visit visit, ThresholdForm form, String days, BacktestNews news) {
        return answers.page(
                visit,
                visit.language().say("title.backtests"),
                "backtests",
                backtests
                        .list(visit.tenant().id(), Optional.empty(), LISTED)
                        .map(jobs -> Optional.of(view(visit, form, days, news, jobs))),
                Pages::backtests);
    }

    private BacktestView view(
            Visit visit,
            ThresholdForm form,
            String days,
            BacktestNews news,
            List<BacktestRun> jobs) {
        BacktestMaker maker = new BacktestMaker(visit.clock());
        return new BacktestView(
                maker.headline(news.run(), news.job()),
                maker.lead(news.run(), news.job()),
                form,
                days,
                Arrays.stream(MetricFamily.values()).map(MetricFamily::id).toList(),
                engines.all().stream().map(DetectionEngine::id).toList(),
                news.job().map(maker::job).stream().toList(),
                news.run().map(maker::sides).orElse(List.of()),
                news.run().map(maker::lines).orElse(List.of()),
                news.problem(),
                news.applied().map(maker::applied).stream().toList(),
                jobs.stream().map(maker::job).toList(),
                code(visit, form, news),
                caller.caller().may(Role.EDITOR)
                        && !news.job().map(BacktestAnswers::isOfOneSeries).orElse(false));
    }

    private List<AsCode> code(Visit visit, ThresholdForm form, BacktestNews news) {
        return news.job()
                .map(run -> AsCode.ofBacktest(visit, run.draft(), run.range()))
                .or(() ->
                        news.run()
                                .map(look ->
                                        AsCode.ofBacktest(
                                                visit,
                                                draft(form, visit.language()),
                                                look.range())))
                .orElse(List.of());
    }

    // The form has no labels: applied from here it would be about more series.
    private static boolean isOfOneSeries(BacktestRun run) {
        return run.draft().scope().labels().isPresent();
    }
}

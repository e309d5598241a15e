package dev.vedette.detection;

import dev.vedette.detection.engine.SeriesEvaluator;
import dev.vedette.detection.engine.Verdict;
import dev.vedette.detection.threshold.DetectionPlan;
import dev.vedette.ingestion.StorageUnavailableException;
import dev.vedette.series.Series;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the evaluators of a shard's series: new ones, those of a snapshot, or from history. */
final class EvaluatorSource {
    private final Evaluation evaluation;
    private final SiblingPriors priors;
    // One for all series of the shard, which are judged one after the other.
    private final Verdict verdict = new Verdict();
    private boolean rebuilt;

    EvaluatorSource(Evaluation evaluation, SiblingPriors priors) {
        this.evaluation = evaluation;
        this.priors = priors;
    }

    /**
     * The series with the state of its snapshot; when that is damaged, with one made from what is
     * stored.
     *
     * @param snapshot null for a series that was never judged
     * @param prior what a series that was never judged begins with
     * @param before milliseconds since 1970-01-01T00:00Z: what is stored from then on is still to
     *     be judged
     */
    SeriesAtWork open(
            Series series,
            SettingsSource.Revision settings,
            Checkpoint.@Nullable Snapshot snapshot,
            Optional<SeriesPrior> prior,
            long before) {
        DetectionPlan plan = settings.of(series);
        if (snapshot == null) {
            return atWork(series, plan, settings, open(plan, prior));
        }
        try {
            SeriesEvaluator evaluator =
                    evaluation
                            .engines()
                            .restore(snapshot.engine(), plan.settings(), snapshot.state(), verdict);
            // A million series share their engine's name instead of each keeping the one it read.
            String engine =
                    snapshot.engine().equals(plan.engine()) ? plan.engine() : snapshot.engine();
            return new SeriesAtWork(series, engine, plan, settings.number(), evaluator);
        } catch (StorageUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            // Whatever a snapshot does to its engine, it must not stop the shard.
            return rebuild(series, settings, before, String.valueOf(e.getMessage()));
        }
    }

    /**
     * The series with a state made from what is stored before that time, and from what it began
     * with.
     *
     * @param reason why it has no other
     */
    SeriesAtWork rebuild(
            Series series, SettingsSource.Revision settings, long before, String reason) {
        DetectionPlan plan = settings.of(series);
        long id = series.id().value();
        Optional<SeriesPrior> prior = Optional.ofNullable(priors.stored(List.of(series)).get(id));
        SeriesEvaluator evaluator = open(plan, prior);
        PointReader.Points points = evaluation.history().before(series, before);
        for (int i = 0; i < points.values().length; i++) {
            evaluator.update(points.epochMillis()[i], points.values()[i]);
        }
        rebuilt = true;
        evaluation.listener().rebuilt(series, reason);
        return atWork(series, plan, settings, evaluator);
    }

    private SeriesEvaluator open(DetectionPlan plan, Optional<SeriesPrior> prior) {
        Optional<byte[]> known = SeriesPrior.of(prior, plan.engine());
        return evaluation.engines().open(plan.engine(), plan.settings(), verdict, known);
    }

    private static SeriesAtWork atWork(
            Series series,
            DetectionPlan plan,
            SettingsSource.Revision settings,
            SeriesEvaluator evaluator) {
        return new SeriesAtWork(series, plan.engine(), plan, settings.number(), evaluator);
    }

    /** Whether one was made from stored points since {@link #checkpointed()}. */
    boolean hasRebuilt() {
        return rebuilt;
    }

    /** The states are stored. */
    void checkpointed() {
        rebuilt = false;
    }
}

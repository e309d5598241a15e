package dev.vedette.transaction.decision;

import dev.vedette.transaction.Outcome;
import dev.vedette.transaction.Transaction;
import dev.vedette.transaction.feature.FeatureEngine;
import dev.vedette.transaction.feature.FeatureSet;
import dev.vedette.transaction.model.FeatureRows;
import dev.vedette.transaction.model.ModelKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Trains a model on past transactions and tries it on those after them: split by time, features by
 * the engine of live decisions, labels for the trial only.
 *
 * @param features what is computed, at least one of it judged
 * @param models what looks at the features together
 * @param learnt share of transactions to learn from, above 0 and below 1
 * @param decisions thresholds, for the volume of alerts
 * @param seed the same seed and transactions give the same model
 */
public record Training(
        FeatureSet features,
        ModelSource models,
        double learnt,
        DecisionSettings decisions,
        long seed) {
    /** Checks the share. */
    public Training {
        if (!(learnt > 0 && learnt < 1)) {
            throw new IllegalArgumentException(
                    "the share to learn from must lie between 0 and 1, is " + learnt);
        }
    }

    /** One with models that learn. */
    public Training(
            FeatureSet features,
            List<ModelKind> kinds,
            double learnt,
            DecisionSettings decisions,
            long seed) {
        this(features, new ModelSource.Learnt(kinds), learnt, decisions, seed);
    }

    /** What is known of a transaction afterwards, from labels or feedback. */
    public enum Label {
        /** It was fraud. */
        FRAUD,
        /** It was not. */
        LEGITIMATE,
        /** Nobody said. */
        UNKNOWN
    }

    /**
     * A past transaction.
     *
     * @param transaction what it was
     * @param label what is known of it now
     */
    public record Past(Transaction transaction, Label label) {}

    /**
     * How a model did on transactions after those it learnt.
     *
     * @param learnt transactions learnt
     * @param judged transactions tried
     * @param flagged those of them with another outcome than approve
     * @param labelled those of them that are known to be fraud or legitimate
     * @param measures of the labelled ones' ranking; empty unless there are both kinds
     */
    public record Trial(
            int learnt, int judged, int flagged, int labelled, Optional<RankMeasures> measures) {
        /** Share of transactions that somebody would have to look at. */
        public double alertShare() {
            return judged == 0 ? 0 : (double) flagged / judged;
        }
    }

    /**
     * A trained model and the state to go on from, after all past transactions.
     *
     * @param model trained
     * @param histories of entities
     * @param recent what was strange lately
     * @param trial how the model did
     */
    public record Result(
            DecisionModel model, FeatureEngine histories, RecentStrangeness recent, Trial trial) {}

    /**
     * Trains and tries.
     *
     * @param past in any order
     * @throws IllegalArgumentException when there are too few transactions
     */
    public Result run(List<Past> past) {
        List<Past> ordered = ordered(past);
        int count = (int) (learnt * ordered.size());
        FeatureEngine engine = new FeatureEngine(features);
        List<Transaction> first =
                ordered.subList(0, count).stream().map(Past::transaction).toList();
        DecisionModel model = learn(engine, first);
        RecentStrangeness recent = model.recentStrangeness();
        Trial trial =
                attempt(
                        model,
                        decisions,
                        engine,
                        recent,
                        ordered.subList(count, ordered.size()),
                        count);
        return new Result(model, engine, recent, trial);
    }

    /**
     * Tries a model that was trained elsewhere. The older share only makes entities known.
     *
     * @param past in any order
     * @param known share that is not judged, 0 to 1
     */
    public static Trial tried(
            DecisionModel model, List<Past> past, double known, DecisionSettings decisions) {
        List<Past> ordered = ordered(past);
        int count = (int) (known * ordered.size());
        FeatureEngine engine = new FeatureEngine(model.features());
        RecentStrangeness recent = model.recentStrangeness();
        for (Past one : ordered.subList(0, count)) {
            model.remember(one.transaction(), engine.update(one.transaction()), recent);
        }
        return attempt(model, decisions, engine, recent, ordered.subList(count, ordered.size()), 0);
    }

    private static List<Past> ordered(List<Past> past) {
        return past.stream()
                .sorted(
                        Comparator.comparing((Past one) -> one.transaction().time())
                                .thenComparing(one -> one.transaction().id()))
                .toList();
    }

    /**
     * Learns transactions, without a trial.
     *
     * @param engine remembers them, too
     * @param transactions oldest first
     * @throws IllegalArgumentException when there are too few
     */
    public DecisionModel learn(FeatureEngine engine, List<Transaction> transactions) {
        int width = features.size();
        if (transactions.size() < DecisionModel.LEAST_ROWS) {
            throw new IllegalArgumentException(
                    "training needs %d transactions, has %d"
                            .formatted(DecisionModel.LEAST_ROWS, transactions.size()));
        }
        double[] values = new double[transactions.size() * width];
        for (int i = 0; i < transactions.size(); i++) {
            System.arraycopy(engine.update(transactions.get(i)), 0, values, i * width, width);
        }
        FeatureRows rows = new FeatureRows(width, values);
        return DecisionModel.fit(features, transactions, rows, models, seed);
    }

    private static Trial attempt(
            DecisionModel model,
            DecisionSettings decisions,
            FeatureEngine engine,
            RecentStrangeness recent,
            List<Past> later,
            int learntCount) {
        List<Double> scores = new ArrayList<>();
        List<Boolean> fraud = new ArrayList<>();
        int flagged = 0;
        for (Past one : later) {
            Judgement decision =
                    model.decide(
                            one.transaction(),
                            engine.update(one.transaction()),
                            List.of(),
                            recent,
                            decisions);
            flagged += decision.outcome() == Outcome.APPROVE ? 0 : 1;
            if (one.label() != Label.UNKNOWN) {
                scores.add(decision.score());
                fraud.add(one.label() == Label.FRAUD);
            }
        }
        return new Trial(
                learntCount, later.size(), flagged, scores.size(), measures(scores, fraud));
    }

    private static Optional<RankMeasures> measures(List<Double> scores, List<Boolean> fraud) {
        if (!fraud.contains(true) || !fraud.contains(false)) {
            return Optional.empty();
        }
        boolean[] positive = new boolean[fraud.size()];
        for (int i = 0; i < positive.length; i++) {
            positive[i] = fraud.get(i);
        }
        return Optional.of(
                RankMeasures.of(
                        scores.stream().mapToDouble(Double::doubleValue).toArray(), positive));
    }
}

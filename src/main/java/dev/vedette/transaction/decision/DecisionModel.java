package dev.vedette.transaction.decision;

import dev.vedette.transaction.Outcome;
import dev.vedette.transaction.Transaction;
import dev.vedette.transaction.feature.FeatureSet;
import dev.vedette.transaction.feature.JudgedFeatures;
import dev.vedette.transaction.model.FeatureRows;
import dev.vedette.transaction.model.ModelKind;
import dev.vedette.transaction.model.ModelReader;
import dev.vedette.transaction.model.ModelWriter;
import dev.vedette.transaction.model.TailCalibration;
import java.util.Arrays;
import java.util.List;

/**
 * What training makes of past transactions, to decide about new ones: statistics over the judged
 * features, unsupervised models over the same, and how rare their sum is. Rules come in as results.
 *
 * <p>Fusion: the rarity of each judged feature, that of the models, and how strange the last
 * transactions of the same account, merchant and so on were ({@link RecentStrangeness}) are added.
 * They have one unit, logarithms, and no weights that could be fitted to one data set. The sum is
 * calibrated on rows that the models did not learn. A rule's score becomes a rarity by the same law
 * and is added, so the score can only rise by a rule; its outcome, and that of a limit, stands as
 * the least severe one. Immutable; threads may share it.
 */
public final class DecisionModel {
    /** The models that fused best with statistics. */
    public static final List<ModelKind> MODELS =
            List.of(ModelKind.ISOLATION_FOREST, ModelKind.NEAREST_NEIGHBOURS);

    /** Fewest transactions to learn from. */
    public static final int LEAST_ROWS = 100;

    private static final String OWNER = "decision-model";
    private static final double SPARE = 0.2;

    /** Histories are too short to say what is usual in this first part of what is learnt. */
    private static final double SETTLING = 0.1;

    private final FeatureSet features;
    private final JudgedFeatures judged;
    private final FeatureTails statistics;
    private final Together models;
    private final TailCalibration fused;

    private DecisionModel(
            FeatureSet features,
            JudgedFeatures judged,
            FeatureTails statistics,
            Together models,
            TailCalibration fused) {
        this.features = features;
        this.judged = judged;
        this.statistics = statistics;
        this.models = models;
        this.fused = fused;
    }

    /**
     * Learns from past transactions.
     *
     * @param features of the rows, at least one judged
     * @param transactions the rows are of
     * @param rows of features as {@code FeatureEngine} gave them, oldest first, {@value
     *     #LEAST_ROWS} or more
     * @param source what is to look at the features together
     * @param seed the same seed and rows give the same model
     * @throws IllegalArgumentException when there is too little of something
     * @throws dev.vedette.transaction.model.UnfitModelException when a brought model cannot be used
     */
    public static DecisionModel fit(
            FeatureSet features,
            List<Transaction> transactions,
            FeatureRows rows,
            ModelSource source,
            long seed) {
        if (rows.count() < LEAST_ROWS) {
            throw new IllegalArgumentException(
                    "training needs %d transactions, has %d".formatted(LEAST_ROWS, rows.count()));
        }
        JudgedFeatures judged = JudgedFeatures.of(features);
        int settled = (int) (SETTLING * rows.count());
        FeatureRows settledRows = rows.range(settled, rows.count());
        FeatureRows seen = judged.of(settledRows);
        FeatureTails statistics = FeatureTails.fit(seen);
        Together models =
                Together.fit(source, features, settledRows, statistics.rarities(seen), seed);
        List<Transaction> of = transactions.subList(settled, rows.count());
        double[] sums = sums(statistics, models, judged, of, settledRows);
        int learnt = (int) (seen.count() * (1 - SPARE));
        double[] spare = Arrays.copyOfRange(sums, learnt, sums.length);
        return new DecisionModel(features, judged, statistics, models, TailCalibration.of(spare));
    }

    private static double[] sums(
            FeatureTails statistics,
            Together models,
            JudgedFeatures judged,
            List<Transaction> transactions,
            FeatureRows rows) {
        RecentStrangeness recent = new RecentStrangeness(judged.entities());
        double[] sums = new double[rows.count()];
        double[] row = new double[rows.width()];
        for (int i = 0; i < sums.length; i++) {
            rows.copyRow(i, row);
            sums[i] = Finding.of(transactions.get(i), row, judged, statistics, models, recent).sum;
        }
        return sums;
    }

    /** A memory of strange transactions that knows none yet. */
    public RecentStrangeness recentStrangeness() {
        return new RecentStrangeness(judged.entities());
    }

    /** The features it judges, and those rules may ask for. */
    public FeatureSet features() {
        return features;
    }

    /**
     * Decides about a transaction.
     *
     * @param row its features
     * @param rules results of the rules that applied
     * @param recent what was strange before; remembers this transaction, too
     */
    public Judgement decide(
            Transaction transaction,
            double[] row,
            List<RuleResult> rules,
            RecentStrangeness recent,
            DecisionSettings settings) {
        Finding finding = Finding.of(transaction, row, judged, statistics, models, recent);
        double found = fused.rarity(finding.sum);
        double total = found;
        for (RuleResult rule : rules) {
            total += rarity(rule.score());
        }
        double score = TailCalibration.score(total);
        Reasons reasons = new Reasons(total);
        Outcome outcome =
                settings.outcome(score)
                        .atLeast(ruled(rules, reasons))
                        .atLeast(limited(row, settings, reasons));
        finding.explain(reasons, found, transaction, row, judged, models);
        return new Judgement(
                score,
                outcome,
                TailCalibration.score(found),
                TailCalibration.score(finding.statistics),
                TailCalibration.score(finding.models),
                reasons.sorted());
    }

    /**
     * Has a transaction remembered as {@link #decide} would, without deciding: for a replay of
     * transactions that were decided already.
     *
     * @param row its features
     */
    public void remember(Transaction transaction, double[] row, RecentStrangeness recent) {
        double[] seen = judged.of(row);
        recent.add(transaction, statistics.rarity(statistics.sum(seen, new double[seen.length])));
    }

    private static Outcome ruled(List<RuleResult> rules, Reasons reasons) {
        Outcome outcome = Outcome.APPROVE;
        for (RuleResult rule : rules) {
            outcome = outcome.atLeast(rule.outcome());
            reasons.rule(rule, rarity(rule.score()));
        }
        return outcome;
    }

    private Outcome limited(double[] row, DecisionSettings settings, Reasons reasons) {
        Outcome outcome = Outcome.APPROVE;
        for (FeatureLimit limit : settings.limits()) {
            double value = features.value(row, limit.feature());
            if (value > limit.most()) {
                outcome = outcome.atLeast(limit.outcome());
                reasons.limit(limit, value);
            }
        }
        return outcome;
    }

    /** The rarity that scores that much. */
    private static double rarity(double score) {
        return 2 * score / (1 - score);
    }

    /** Itself as bytes. */
    public byte[] toBytes() {
        ModelWriter out = new ModelWriter();
        judged.write(out);
        statistics.write(out);
        fused.write(models.write(out));
        return out.seal(OWNER);
    }

    /**
     * What {@link #toBytes} gave.
     *
     * @param features of the rows it is to judge: those it was trained with, and any others
     * @throws dev.vedette.detection.engine.CorruptSnapshotException when the bytes are cut off,
     *     damaged, of another version or of features that are not there, or when a brought model
     *     cannot be run here
     */
    public static DecisionModel restore(FeatureSet features, byte[] bytes) {
        ModelReader in = ModelReader.open(OWNER, bytes);
        JudgedFeatures judged = JudgedFeatures.read(features, in);
        FeatureTails statistics = FeatureTails.read(in);
        Together models = Together.read(in, features, judged.size());
        TailCalibration fused = TailCalibration.read(in);
        in.end();
        if (statistics.width() != judged.size()) {
            throw in.corrupt("it judges other than " + judged.size() + " features");
        }
        return new DecisionModel(features, judged, statistics, models, fused);
    }
}

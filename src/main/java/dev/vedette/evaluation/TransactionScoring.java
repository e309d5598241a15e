package dev.vedette.evaluation;

import dev.vedette.transaction.Outcome;
import dev.vedette.transaction.decision.DecisionModel;
import dev.vedette.transaction.decision.DecisionSettings;
import dev.vedette.transaction.decision.Judgement;
import dev.vedette.transaction.decision.ReasonWords;
import dev.vedette.transaction.decision.RecentStrangeness;
import dev.vedette.transaction.decision.Training;
import dev.vedette.transaction.feature.FeatureEngine;
import dev.vedette.transaction.feature.FeatureSet;
import dev.vedette.transaction.model.ModelKind;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Learns from transactions of one file and decides about those that follow, by the features, models
 * and fusion of live decisions; only the tenant's rules are not there. Labels are read by {@link
 * #train} only, for its trial.
 */
public final class TransactionScoring {
    private static final long SEED = 1;

    /** Share of a stream that is learnt where it is not split by a file. */
    private static final double LEARNT = 0.35;

    private final Training training;
    private final FeatureEngine engine = new FeatureEngine(FeatureSet.STANDARD);
    private final RecentStrangeness recent =
            new RecentStrangeness(FeatureSet.STANDARD.judgedEntities());

    /**
     * Knows nothing yet.
     *
     * @param kinds models
     */
    public TransactionScoring(List<ModelKind> kinds, DecisionSettings settings) {
        training = new Training(FeatureSet.STANDARD, kinds, LEARNT, settings, SEED);
    }

    /**
     * What a run did.
     *
     * @param learnt transactions learnt
     * @param decided transactions decided about
     * @param flagged those of them with another outcome than approve
     */
    public record Report(long learnt, long decided, long flagged) {}

    /**
     * Learns one file, decides about another, and writes {@code transaction_id,score,outcome,
     * reasons} for each of its rows.
     *
     * @throws UnreadableFileException when a file does not hold transactions, or too few to learn
     */
    public Report run(Path train, Path input, Path output) throws IOException {
        List<TransactionFile.Row> past = TransactionFile.read(train);
        DecisionModel model = learn(past, train);
        List<TransactionFile.Row> fresh = TransactionFile.read(input);
        long flagged = 0;
        try (Writer out = CsvFiles.writer(output)) {
            out.write("transaction_id,score,outcome,reasons\n");
            for (TransactionFile.Row row : fresh) {
                Judgement decision = decide(model, row);
                flagged += decision.outcome() == Outcome.APPROVE ? 0 : 1;
                out.write(line(row, decision));
            }
        }
        return new Report(past.size(), fresh.size(), flagged);
    }

    /**
     * Learns the first {@code 35 %} of a stream, decides about the rest, and writes one score per
     * row, none for those learnt.
     */
    long evaluate(Path stream, Path scores) throws IOException {
        List<TransactionFile.Row> rows = TransactionFile.read(stream);
        int learnt = (int) (LEARNT * rows.size());
        DecisionModel model = learn(rows.subList(0, learnt), stream);
        try (Writer out = CsvFiles.writer(scores)) {
            out.write("transaction_id,anomaly_score,statistics_score,models_score\n");
            for (int i = 0; i < rows.size(); i++) {
                String id = quoted(rows.get(i).transaction().id());
                if (i < learnt) {
                    out.write(id + ",,,\n");
                    continue;
                }
                Judgement decision = decide(model, rows.get(i));
                out.write(
                        "%s,%s,%s,%s%n"
                                .formatted(
                                        id,
                                        decision.score(),
                                        decision.statistics(),
                                        decision.models()));
            }
        }
        return rows.size();
    }

    private DecisionModel learn(List<TransactionFile.Row> rows, Path file) {
        try {
            return training.learn(
                    engine, rows.stream().map(TransactionFile.Row::transaction).toList());
        } catch (IllegalArgumentException e) {
            throw new UnreadableFileException(file + ": " + e.getMessage());
        }
    }

    /**
     * Trains on the first part of a file of past transactions, tries the model on the rest, and
     * writes the model.
     *
     * @param learnt share to learn, above 0 and below 1
     * @throws UnreadableFileException when the file does not hold transactions, or too few
     */
    public static Training.Trial train(
            Path past, Path model, double learnt, List<ModelKind> kinds, DecisionSettings settings)
            throws IOException {
        List<Training.Past> rows =
                TransactionFile.read(past).stream()
                        .map(row -> new Training.Past(row.transaction(), label(row.label())))
                        .toList();
        Training training = new Training(FeatureSet.STANDARD, kinds, learnt, settings, SEED);
        try {
            Training.Result result = training.run(rows);
            Files.write(model, result.model().toBytes());
            return result.trial();
        } catch (IllegalArgumentException e) {
            throw new UnreadableFileException(past + ": " + e.getMessage());
        }
    }

    private static Training.Label label(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "1", "fraud", "true" -> Training.Label.FRAUD;
            case "0", "legitimate", "false" -> Training.Label.LEGITIMATE;
            default -> Training.Label.UNKNOWN;
        };
    }

    private Judgement decide(DecisionModel model, TransactionFile.Row row) {
        return model.decide(
                row.transaction(),
                engine.update(row.transaction()),
                List.of(),
                recent,
                training.decisions());
    }

    private static String line(TransactionFile.Row row, Judgement decision) {
        StringBuilder line = new StringBuilder(quoted(row.transaction().id())).append(',');
        NumberText.appendScore(line, decision.score());
        line.append(',').append(decision.outcome().label()).append(',');
        String reasons =
                decision.reasons().stream().map(ReasonWords::of).collect(Collectors.joining("; "));
        return line.append(quoted(reasons)).append('\n').toString();
    }

    /** A field as RFC 4180 wants it. */
    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}

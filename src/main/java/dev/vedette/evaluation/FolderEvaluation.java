package dev.vedette.evaluation;

import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.engine.NodeDetector;
import dev.vedette.detection.engine.SeriesEvaluator;
import dev.vedette.detection.engine.Verdict;
import dev.vedette.transaction.decision.DecisionModel;
import dev.vedette.transaction.decision.DecisionSettings;
import dev.vedette.transaction.model.ModelKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs the labelled sets of a folder through live detection and writes the scores as the scorers
 * expect them. Reads only the columns {@code timestamp} and {@code value} of labelled series, and
 * only the folders {@code train} and {@code test} of labelled nodes: never a label.
 */
public final class FolderEvaluation {
    private final Path data;
    private final Path out;
    private final EngineRegistry engines;
    private final String engine;
    private final List<ModelKind> models;
    private final Consumer<String> progress;
    private final LongAdder points = new LongAdder();

    /**
     * An evaluation.
     *
     * @param data folder with any of {@code nab}, {@code ms-cloud-monitoring}, {@code typed},
     *     {@code smd}, {@code asd}, {@code service-metrics}, {@code tabular}, {@code transactions}
     * @param out folder for the scores, made when missing
     * @param engine id of the engine for single series
     * @param models the models for tables, taken together
     * @param progress told of each set when it is done, one line
     */
    public FolderEvaluation(
            Path data,
            Path out,
            EngineRegistry engines,
            String engine,
            List<ModelKind> models,
            Consumer<String> progress) {
        this.data = data;
        this.out = out;
        this.engines = engines;
        this.engine = engine;
        this.models = List.copyOf(models);
        this.progress = progress;
    }

    /**
     * Runs every set that is there.
     *
     * @return values judged
     * @throws IOException when a file cannot be read or written
     * @throws UnreadableFileException when a file is not what its set holds
     */
    public long run() throws IOException {
        series("nab", "nab/data", false);
        series("ms-cloud-monitoring", "ms-cloud-monitoring", false);
        series("typed", "typed", true);
        nodes("smd", "smd");
        nodes("asd", "asd");
        nodes("service-d2", "service-metrics/d2");
        nodes("service-d3", "service-metrics/d3");
        tables();
        transactions();
        return points.sum();
    }

    private void series(String set, String folder, boolean typed) throws IOException {
        Path root = data.resolve(folder);
        each(set, root, file -> oneSeries(set, root, file, typed));
    }

    private void tables() throws IOException {
        TableEvaluation tables = new TableEvaluation(models);
        each(
                "tabular",
                data.resolve("tabular"),
                file -> points.add(tables.run(file, out.resolve("tabular").resolve(plain(file)))));
    }

    private void transactions() throws IOException {
        each(
                "transactions",
                data.resolve("transactions"),
                file ->
                        points.add(
                                new TransactionScoring(
                                                DecisionModel.MODELS, DecisionSettings.DEFAULT)
                                        .evaluate(
                                                file,
                                                out.resolve("transactions").resolve(plain(file)))));
    }

    private static String plain(Path file) {
        return file.getFileName().toString().replaceFirst("\\.gz$", "");
    }

    private void nodes(String set, String folder) throws IOException {
        Path root = data.resolve(folder);
        each(set, root.resolve("test"), file -> oneNode(set, root, file));
    }

    private interface Work {
        void on(Path file) throws IOException;
    }

    private void each(String set, Path root, Work work) throws IOException {
        if (!Files.isDirectory(root)) {
            progress.accept(set + ": not there");
            return;
        }
        List<Path> files;
        try (Stream<Path> tree = Files.walk(root)) {
            files = tree.filter(p -> p.toString().endsWith(".csv.gz")).sorted().toList();
        }
        long before = points.sum();
        long start = System.nanoTime();
        try {
            files.parallelStream().forEach(file -> unchecked(work, file));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        progress.accept(
                "%s: %d files, %d values, %.1f s"
                        .formatted(
                                set,
                                files.size(),
                                points.sum() - before,
                                (System.nanoTime() - start) / 1e9));
    }

    private static void unchecked(Work work, Path file) {
        try {
            work.on(file);
        } catch (NumberFormatException e) {
            throw new UnreadableFileException(file + ": " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void oneSeries(String set, Path root, Path file, boolean typed) throws IOException {
        Path name = root.relativize(file);
        String plain = name.toString().replaceFirst("\\.gz$", "");
        SeriesEvaluator evaluator = engines.open(engine, DetectionSettings.DEFAULT);
        try (BufferedReader in = CsvFiles.reader(file);
                Writer state = CsvFiles.writer(out.resolve(set).resolve(plain));
                Writer alarm =
                        typed
                                ? Writer.nullWriter()
                                : CsvFiles.writer(out.resolve(set + "-alarm").resolve(plain))) {
            in.readLine();
            String title = "timestamp,value,anomaly_score";
            state.write(title + (typed ? ",type\n" : "\n"));
            alarm.write(title + "\n");
            copyScores(in, evaluator, state, alarm, typed);
        }
    }

    private void copyScores(
            BufferedReader in, SeriesEvaluator evaluator, Writer state, Writer alarm, boolean typed)
            throws IOException {
        String[] fields = new String[2];
        StringBuilder row = new StringBuilder();
        double held = 0;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            CsvFiles.split(line, fields);
            double value = fields[1].isEmpty() ? Double.NaN : Double.parseDouble(fields[1]);
            evaluator.update(Timestamps.parse(fields[0]), value);
            points.increment();
            Verdict verdict = evaluator.verdict();
            // A repeated timestamp is not judged: the state goes on, no alarm is raised.
            boolean judged = verdict.state() != Verdict.State.OUT_OF_ORDER;
            held = judged ? verdict.anomalyScore() : held;
            row.setLength(0);
            row.append(fields[0]).append(',').append(fields[1]).append(',');
            int scoreAt = row.length();
            NumberText.appendScore(row, held);
            if (typed) {
                row.append(',').append(verdict.kind().type().label());
            }
            state.append(row.append('\n'));
            row.setLength(scoreAt);
            NumberText.appendScore(row, judged ? verdict.alarmScore() : 0);
            alarm.append(row.append('\n'));
        }
    }

    private void oneNode(String set, Path root, Path test) throws IOException {
        Path train = root.resolve("train").resolve(test.getFileName());
        // Rows have no time of their own: the sets' documentation states their distance.
        long step = set.equals("smd") ? 60_000 : 300_000;
        NodeRows node = new NodeRows(engines, engine, step);
        if (Files.exists(train)) {
            copyNodeScores(train, Writer.nullWriter(), node);
        }
        try (Writer to = CsvFiles.writer(out.resolve(set).resolve(plain(test)))) {
            to.write("anomaly_score\n");
            copyNodeScores(test, to, node);
        }
    }

    private void copyNodeScores(Path file, Writer to, NodeRows node) throws IOException {
        String[] fields = new String[NodeDetector.MAX_METRICS];
        double[] values = new double[NodeDetector.MAX_METRICS];
        StringBuilder row = new StringBuilder();
        try (BufferedReader in = CsvFiles.reader(file)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                int count = CsvFiles.split(line, fields);
                for (int i = 0; i < count; i++) {
                    values[i] = fields[i].isEmpty() ? Double.NaN : Double.parseDouble(fields[i]);
                }
                row.setLength(0);
                NumberText.appendScore(row, node.update(values, count));
                points.add(count);
                to.append(row.append('\n'));
            }
        }
    }
}

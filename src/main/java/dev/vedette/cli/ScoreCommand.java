package dev.vedette.cli;

import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.engine.UnknownEngineException;
import dev.vedette.evaluation.FileScoring;
import dev.vedette.evaluation.ScoreReport;
import dev.vedette.evaluation.ScoreRequest;
import dev.vedette.evaluation.Timestamps;
import dev.vedette.evaluation.UnreadableFileException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Scores a CSV file through the code path of live detection. */
@Command(
        name = "score",
        description = {
            "Scores a CSV file point by point, as live detection would.",
            "Input: timestamp,value or timestamp,metric1,metric2,... (a node); .gz is understood."
        },
        mixinStandardHelpOptions = true)
final class ScoreCommand implements Callable<Integer> {
    @Option(names = "--input", required = true, description = "CSV file to score.")
    private Path input = Path.of("");

    @Option(names = "--output", required = true, description = "CSV file to write.")
    private Path output = Path.of("");

    @Option(
            names = "--engine",
            defaultValue = "ensemble",
            description =
                    "Engine: ensemble, ewma, iqr, seasonal, isolation-forest, rcf. Default: ${DEFAULT-VALUE}.")
    private String engine = "ensemble";

    /** Given for files without timestamps only. */
    @Option(
            names = "--step",
            description = "For rows without timestamps: their distance, such as 60s, 5m, PT1H.")
    private @Nullable String step;

    /** Given for files without timestamps only. */
    @Option(names = "--start", description = "For rows without timestamps: time of the first.")
    private @Nullable String start;

    @Override
    public Integer call() {
        long begin = System.nanoTime();
        try {
            ScoreRequest request =
                    new ScoreRequest(input, output, engine, DetectionSettings.DEFAULT, clock());
            ScoreReport report = FileScoring.run(request, EngineRegistry.standard());
            print(report, (System.nanoTime() - begin) / 1e9);
            return 0;
        } catch (NoSuchFileException e) {
            System.err.println("score: there is no file " + e.getFile());
        } catch (IOException e) {
            System.err.println("score: " + e.getMessage());
        } catch (UnreadableFileException | UnknownEngineException | IllegalArgumentException e) {
            System.err.println("score: " + e.getMessage());
        }
        return 1;
    }

    private void print(ScoreReport report, double seconds) {
        report.problems().forEach(problem -> System.err.println("score: " + problem));
        if (report.badFields() > report.problems().size()) {
            System.err.printf(
                    "score: and %d more%n", report.badFields() - report.problems().size());
        }
        System.out.printf(
                "%s: %d rows, %d metrics, %d points in %.2f s (%.0f points/s); %d anomalies;"
                        + " %d bad fields, %d rows out of order%n",
                output,
                report.rows(),
                report.metrics(),
                report.points(),
                seconds,
                report.points() / seconds,
                report.anomalies(),
                report.badFields(),
                report.outOfOrder());
    }

    private Optional<ScoreRequest.RowClock> clock() {
        if (step == null && start == null) {
            return Optional.empty();
        }
        if (step == null || start == null) {
            throw new IllegalArgumentException("--start and --step belong together");
        }
        return Optional.of(
                new ScoreRequest.RowClock(
                        Instant.ofEpochMilli(Timestamps.parse(start)), Durations.parse(step)));
    }

    /** Durations as people write them on a command line. */
    static final class Durations {
        private Durations() {}

        /**
         * A duration such as {@code 60s}, {@code 5m}, {@code 1h}, or ISO 8601.
         *
         * @throws IllegalArgumentException when it is none; the message holds the text
         */
        static Duration parse(String text) {
            try {
                return Duration.parse(text.startsWith("P") ? text : "PT" + text);
            } catch (java.time.format.DateTimeParseException e) {
                throw new IllegalArgumentException(
                        "'" + text + "' is no duration (60s, 5m, 1h, PT1M)", e);
            }
        }
    }
}

package dev.vedette.cli;

import dev.vedette.ingestion.source.CsvPoints;
import dev.vedette.tenant.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends CSV files to a running service through its HTTP API. */
@Command(
        name = "import",
        description = {
            "Sends CSV files (.csv or .csv.gz) to a running service through its HTTP API.",
            "",
            "A file has a header 'timestamp,value' or 'timestamp,metric1,metric2,…', or no header:"
                    + " then each row is a step and each column a metric, m00, m01, …, and --start"
                    + " says when the first row is.",
            "Importing a file again is harmless."
        },
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
    private static final int POINTS_PER_REQUEST = 40_000;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The files.")
    private List<Path> files = List.of();

    @Mixin private RunningService running = new RunningService();

    @Option(
            names = "--cluster",
            defaultValue = "imported",
            description = "Cluster of the points. Default: ${DEFAULT-VALUE}.")
    private String cluster = "imported";

    @Option(names = "--node", description = "Node of the points. Default: the file's name.")
    private Optional<String> node = Optional.empty();

    @Option(
            names = "--start",
            description = "Time of the first row when there is no column of times, RFC 3339.")
    private Optional<Instant> start = Optional.empty();

    @Option(
            names = "--step",
            converter = StepConverter.class,
            defaultValue = "60s",
            description = "Time between rows then: 500ms, 60s, 5m, 1h. Default: ${DEFAULT-VALUE}.")
    private Duration step = Duration.ofSeconds(60);

    @Option(names = "--metric", description = "Name of the metric of a file with only one.")
    private Optional<String> metric = Optional.empty();

    @Option(names = "--lenient", description = "Succeed although some points were refused.")
    private boolean lenient;

    @Override
    public Integer call() throws IOException {
        Uploader uploader = new Uploader(running.address(Role.INGEST));
        long started = System.nanoTime();
        FilesProgress progress = FilesProgress.over(files);
        for (Path file : files) {
            importFile(file, uploader, progress);
        }
        progress.end();
        summarise(uploader, (System.nanoTime() - started) * 1e-9);
        return uploader.rejected() > 0 && !lenient ? 1 : 0;
    }

    private void importFile(Path file, Uploader uploader, FilesProgress progress)
            throws IOException {
        CsvPoints.Layout layout = new CsvPoints.Layout(start, step, metric);
        String place = node.orElseGet(() -> CsvPoints.stem(file.toString()));
        try (InputStream raw = progress.counting(Files.newInputStream(file));
                InputStream content =
                        file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
                CsvPoints csv = new CsvPoints(content, file.toString(), layout)) {
            int rowsPerRequest = Math.max(1, POINTS_PER_REQUEST / csv.metrics().size());
            for (int rows = csv.read(rowsPerRequest); rows > 0; rows = csv.read(rowsPerRequest)) {
                WriteBody body = WriteBody.of(csv, rows, cluster, place);
                if (body.points() > 0) {
                    uploader.send(body.json(), body.points());
                }
                progress.show(uploader.accepted(), uploader.rejected());
            }
        } catch (java.nio.file.NoSuchFileException e) {
            throw new IOException("there is no file " + file, e);
        }
    }

    private static void summarise(Uploader uploader, double seconds) {
        long all = uploader.accepted() + uploader.rejected();
        System.out.printf(
                Locale.ROOT,
                "accepted %,d points, rejected %,d, in %.1f s (%,.0f points/s)%n",
                uploader.accepted(),
                uploader.rejected(),
                seconds,
                all / Math.max(seconds, 1e-3));
        uploader.reasons()
                .forEach((code, count) ->
                        System.out.printf(Locale.ROOT, "  %s: %,d told one by one%n", code, count));
    }
}

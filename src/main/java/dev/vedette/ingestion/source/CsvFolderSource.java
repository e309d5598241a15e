package dev.vedette.ingestion.source;

import dev.vedette.ingestion.IncomingBatch;
import dev.vedette.ingestion.IngestionConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Imports the CSV files of a folder, each once and again when it changes: {@code
 * FOLDER/CLUSTER/NODE.csv} or {@code .csv.gz}, laid out as {@link CsvPoints} reads; a file directly
 * in the folder belongs to the default cluster. After a restart all are read again, which is
 * harmless. A file that cannot be read is reported and skipped until it changes.
 */
final class CsvFolderSource implements MetricSource {
    private static final int POINTS_PER_BATCH = 20_000;

    private final SourceIdentity identity;
    private final Path folder;
    private final String defaultCluster;
    private final CsvPoints.Layout layout;
    private final Map<Path, FileTime> imported = new HashMap<>();

    CsvFolderSource(
            SourceIdentity identity, Path folder, String defaultCluster, CsvPoints.Layout layout) {
        this.identity = identity;
        this.folder = folder;
        this.defaultCluster = defaultCluster;
        this.layout = layout;
    }

    static CsvFolderSource of(String name, IngestionConfig.Source config) {
        return new CsvFolderSource(
                SourceIdentity.of(name, config),
                config.folder()
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "source '" + name + "' needs a folder")),
                config.cluster().orElse(name),
                new CsvPoints.Layout(config.start(), config.step(), Optional.empty()));
    }

    @Override
    public SourceIdentity identity() {
        return identity;
    }

    @Override
    public void fetch(Instant from, Instant to, Consumer<IncomingBatch> sink) throws IOException {
        Optional<IOException> trouble = Optional.empty();
        for (Path file : files()) {
            FileTime changed = Files.getLastModifiedTime(file);
            if (changed.equals(imported.get(file))) {
                continue;
            }
            try {
                importFile(file, sink);
            } catch (IOException e) {
                trouble = Optional.of(new IOException(file + ": " + e.getMessage(), e));
            }
            imported.put(file, changed);
        }
        if (trouble.isPresent()) {
            throw trouble.get();
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> found = Files.walk(folder, 2)) {
            return found.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.csv(\\.gz)?"))
                    .sorted()
                    .toList();
        }
    }

    private void importFile(Path file, Consumer<IncomingBatch> sink) throws IOException {
        boolean direct = folder.equals(file.getParent());
        String cluster = direct ? defaultCluster : folder.relativize(file).getName(0).toString();
        String node = CsvPoints.stem(file.toString());
        try (InputStream raw = Files.newInputStream(file);
                InputStream content =
                        file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
                CsvPoints csv = new CsvPoints(content, file.toString(), layout)) {
            int rowsPerBatch = Math.max(1, POINTS_PER_BATCH / csv.metrics().size());
            for (int rows = csv.read(rowsPerBatch); rows > 0; rows = csv.read(rowsPerBatch)) {
                sink.accept(batch(csv, rows, cluster, node));
            }
        }
    }

    private static IncomingBatch batch(CsvPoints csv, int rows, String cluster, String node) {
        SeriesBatch batch = new SeriesBatch(rows * csv.metrics().size());
        for (int metric = 0; metric < csv.metrics().size(); metric++) {
            for (int row = 0; row < rows; row++) {
                double value = csv.value(row, metric);
                if (!Double.isNaN(value)) {
                    batch.add(csv.epochMillis(row), value);
                }
            }
            batch.endSeries(cluster, node, csv.metrics().get(metric), Map.of(), Optional.empty());
        }
        return batch.build();
    }
}

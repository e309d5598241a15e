package dev.vedette.cli;

import dev.vedette.series.SeriesKey;
import dev.vedette.simulation.Fleet;
import dev.vedette.simulation.FleetSeries;
import dev.vedette.simulation.IncidentPlan;
import dev.vedette.timescale.EmbeddedDatabase;
import dev.vedette.timescale.Migrator;
import dev.vedette.timescale.StorageFill;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what points take on disk, hot and merged, and how long reading them takes. */
@Command(
        name = "storage",
        description = {
            "Measures what the simulator's points take on disk, indices and the log's tail"
                    + " included, before and after their blocks are merged, and how long the API"
                    + " takes for a day of one series, and for a month at an hour."
        },
        mixinStandardHelpOptions = true)
final class BenchStorageCommand implements Callable<Integer> {
    private static final long BUCKET = Duration.ofHours(4).toMillis();
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final int HALF_HOUR_SHARE = 8;
    private static final int DISTINCT = 400;

    @Option(
            names = "--disk-series",
            defaultValue = "800",
            description = "Series whose bytes are measured. Default: ${DEFAULT-VALUE}.")
    private int diskSeries = 800;

    @Option(
            names = "--buckets",
            defaultValue = "12",
            description =
                    "Buckets of four hours that are written and merged. Default: ${DEFAULT-VALUE}.")
    private int buckets = 12;

    @Option(
            names = "--step",
            converter = StepConverter.class,
            defaultValue = "10s",
            description = "Time between points. Default: ${DEFAULT-VALUE}.")
    private Duration step = Duration.ofSeconds(10);

    @Option(
            names = "--checkpoint",
            converter = StepConverter.class,
            defaultValue = "15m",
            description = "As vedette.detection.checkpoint-interval. Default: ${DEFAULT-VALUE}.")
    private Duration checkpoint = Duration.ofMinutes(15);

    @Option(
            names = "--series",
            defaultValue = "10000",
            description = "Series stored when reading is measured. Default: ${DEFAULT-VALUE}.")
    private int series = 10_000;

    @Option(names = "--json", description = "Also write the figures to this file, as flat JSON.")
    private Optional<Path> json = Optional.empty();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);
    private Fleet fleet = new Fleet(1, 1, 1, IncidentPlan.liveFrom(today));

    @Override
    public Integer call() throws IOException {
        BenchReport report = new BenchReport();
        fleet =
                new Fleet(
                        7,
                        1,
                        Math.ceilDiv(Math.max(diskSeries, DISTINCT), 8),
                        IncidentPlan.liveFrom(today));
        disk(report);
        System.err.println("starting the service and its database …");
        try (BenchService service = BenchService.start(false);
                StorageFill fill = new StorageFill(service.owner(), BenchService.TENANT)) {
            read(service, fill, report);
        }
        report.print(System.out);
        if (json.isPresent()) {
            report.write(json.get());
        }
        return 0;
    }

    // Without a service, whose jobs would merge what is to be measured hot.
    private void disk(BenchReport report) throws IOException {
        Path folder = Files.createTempDirectory("vedette-bench-");
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("postgresql"))) {
            Migrator.migrate(database.owner());
            try (StorageFill fill = new StorageFill(database.owner(), BenchService.TENANT)) {
                disk(fill, report);
            }
        }
        Folders.delete(folder);
    }

    private void disk(StorageFill fill, BenchReport report) {
        System.err.println("writing " + buckets + " buckets of " + diskSeries + " series …");
        List<SeriesKey> keys = new ArrayList<>();
        for (FleetSeries one : fleet.series().subList(0, diskSeries)) {
            keys.add(fill.key("disk-" + one.clusterId(), one.nodeId(), one.metric().name()));
        }
        long[] ids = fill.series(keys);
        int perBucket = (int) (BUCKET / step.toMillis());
        long first = today.toEpochMilli() - (long) Math.ceilDiv(buckets, 6) * 6 * BUCKET;
        long emptyBlocks = fill.bytes("point_block");
        long emptyRollups = rollupBytes(fill);
        long emptyLog = fill.bytes("detection_log");
        for (int bucket = 0; bucket < buckets; bucket++) {
            hot(fill, ids, first + bucket * BUCKET, perBucket, bucket == 0);
            if (bucket == 0) {
                double points = (double) perBucket * diskSeries;
                double blocks = (fill.bytes("point_block") - emptyBlocks) / points;
                double log = (fill.bytes("detection_log") - emptyLog) / points;
                report.add("hot_block_bytes_per_point", "bytes a point in blocks, hot", blocks);
                report.add(
                        "hot_bytes_per_point",
                        "the same with half an hour of log beside four hours of blocks",
                        blocks + log);
            }
            fill.merge();
        }
        double points = (double) perBucket * diskSeries * buckets;
        report.add(
                "merged_bytes_per_point",
                "bytes a point in blocks, merged",
                (fill.bytes("point_block") - emptyBlocks) / points);
        report.add(
                "rollup_bytes_per_point",
                "bytes of roll-ups for each point",
                (rollupBytes(fill) - emptyRollups) / points);
    }

    private static long rollupBytes(StorageFill fill) {
        return fill.bytes("point_rollup_5m") + fill.bytes("point_rollup_1h");
    }

    private void hot(StorageFill fill, long[] ids, long from, int count, boolean logged) {
        double[][] values = new double[ids.length][];
        for (int i = 0; i < ids.length; i++) {
            values[i] = values(i, from, step.toMillis(), count);
        }
        int slice = (int) (checkpoint.toMillis() / step.toMillis());
        for (int start = 0; start < count; start += slice) {
            int begin = start;
            int size = Math.min(slice, count - start);
            fill.checkpoint(
                    ids,
                    from + start * step.toMillis(),
                    step.toMillis(),
                    size,
                    i -> Arrays.copyOfRange(values[i], begin, begin + size));
        }
        for (int p = 0; logged && p < count / HALF_HOUR_SHARE; p++) {
            double[] moment = new double[ids.length];
            for (int i = 0; i < ids.length; i++) {
                moment[i] = values[i][p];
            }
            fill.log(ids, from + p * step.toMillis(), moment);
        }
    }

    // A sender that fell silent goes on with its last value here: counts stay comparable.
    private double[] values(int index, long from, long stepMillis, int count) {
        double[] values = new double[count];
        fleet.fill(index % fleet.size(), from, stepMillis, values);
        double last = 0;
        for (int i = 0; i < count; i++) {
            last = Double.isNaN(values[i]) ? last : values[i];
            values[i] = last;
        }
        return values;
    }

    private void read(BenchService service, StorageFill fill, BenchReport report)
            throws IOException {
        System.err.println("storing a day and a month of " + series + " series …");
        List<SeriesKey> keys = new ArrayList<>();
        for (int i = 0; i < series; i++) {
            keys.add(fill.key("read", "node-" + i / 10, "metric-" + i % 10));
        }
        long[] ids = fill.series(keys);
        long yesterday = today.minus(Duration.ofDays(1)).toEpochMilli();
        for (int bucket = 0; bucket < 6; bucket++) {
            long from = yesterday + bucket * BUCKET;
            int count = (int) (BUCKET / step.toMillis());
            double[][] some = columns(from, step.toMillis(), count);
            fill.checkpoint(ids, from, step.toMillis(), count, i -> some[i % DISTINCT]);
        }
        fill.merge();
        for (int day = 2; day <= 31; day++) {
            long from = today.minus(Duration.ofDays(day)).toEpochMilli();
            double[][] some = columns(from, HOUR, 24);
            fill.hours(ids, from, i -> some[i % DISTINCT]);
        }
        fill.merge();
        measure(service, report, "day_of_one_series", "a day of one series", 1, "");
        measure(
                service,
                report,
                "month_at_an_hour",
                "a month of one series at an hour",
                30,
                "&step=1h");
    }

    private double[][] columns(long from, long stepMillis, int count) {
        double[][] columns = new double[DISTINCT][];
        for (int i = 0; i < DISTINCT; i++) {
            columns[i] = values(i, from, stepMillis, count);
        }
        return columns;
    }

    private void measure(
            BenchService service,
            BenchReport report,
            String key,
            String what,
            int days,
            String parameters)
            throws IOException {
        ServiceAddress address = service.reader();
        Latencies latencies = new Latencies();
        long bytes = 0;
        for (int i = 0; i < 400; i++) {
            int one = (int) ((i * 7919L) % series);
            URI uri =
                    address.url()
                            .resolve(
                                    "/api/v1/metrics?cluster_id=read&node_id=node-"
                                            + one / 10
                                            + "&metric_name=metric-"
                                            + one % 10
                                            + "&from="
                                            + today.minus(Duration.ofDays(days))
                                            + "&to="
                                            + today
                                            + parameters);
            long started = System.nanoTime();
            int length = get(uri, address);
            // The first requests meet a cold JVM and a cold database.
            if (i >= 200) {
                latencies.addNanos(System.nanoTime() - started);
                bytes += length;
            }
        }
        report.add(key + "_p50_ms", what + ", p50, ms", latencies.quantile(0.5));
        report.add(key + "_p99_ms", what + ", p99, ms", latencies.quantile(0.99));
        report.add(key + "_bytes", what + ", bytes of an answer", bytes / 200.0);
    }

    private int get(URI uri, ServiceAddress address) throws IOException {
        try {
            HttpResponse<String> response =
                    client.send(
                            HttpRequest.newBuilder(uri)
                                    .header("Authorization", "Bearer " + address.credential())
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException(response.statusCode() + " " + response.body());
            }
            return response.body().length();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}

package dev.vedette.cli;

import dev.vedette.timescale.FleetLog;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long a worker takes for a minute's points of a whole fleet, and what memory it needs. */
@Command(
        name = "fleet",
        description = {
            "Measures rounds: a point of every series is in the detection log, and a round is over"
                    + " when the workers have read, decoded and judged all of them and have stored"
                    + " anomalies, score buckets, checkpoints and watermarks.",
            "The service runs in a process of its own on an embedded database of its own, with all"
                    + " its jobs. Not measured: the way of a point into the log (bench ingest)."
        },
        mixinStandardHelpOptions = true)
final class BenchFleetCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(60);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final double ROUND_LIMIT = 20;
    private static final double RSS_LIMIT = 4;

    // With the demo's 2 GB the server would begin a checkpoint every ten seconds, and log each page
    // whole again after it.
    private static final List<String> DATABASE = List.of("max_wal_size=16GB");

    @Option(
            names = "--series",
            defaultValue = "1000000",
            description = "How many series, in nodes of 40. Default: ${DEFAULT-VALUE}.")
    private int series = 1_000_000;

    @Option(
            names = "--rounds",
            defaultValue = "10",
            description = "How many rounds are measured. Default: ${DEFAULT-VALUE}.")
    private int rounds = 10;

    @Option(
            names = "--warm-up",
            defaultValue = "31",
            description =
                    "Points of each series before, so that detectors judge and score buckets are"
                            + " written. Default: ${DEFAULT-VALUE}.")
    private int warmUp = 31;

    @Option(
            names = "--heap",
            defaultValue = "3600m",
            description = "Heap of the service, as -Xmx. Default: ${DEFAULT-VALUE}.")
    private String heap = "3600m";

    @Option(names = "--json", description = "Also write the figures to this file, as flat JSON.")
    private Optional<Path> json = Optional.empty();

    @Override
    public Integer call() throws IOException {
        BenchReport report = new BenchReport();
        System.err.println("starting the service and its database …");
        try (BenchService service = BenchService.start(true, DATABASE, options())) {
            System.err.println("making " + series + " series …");
            try (FleetLog log = FleetLog.create(service.owner(), BenchService.TENANT, series)) {
                System.err.println("warming up with " + warmUp + " points of each …");
                double cold = warmUp > 0 ? round(log, warmUp) : 0;
                report.add("warm_up_seconds", "warm-up, seconds", cold);
                measure(service, log, report);
            }
        }
        report.print(System.out);
        if (json.isPresent()) {
            report.write(json.get());
        }
        return 0;
    }

    // All of a fleet's states stay in memory; a quarter more, as shards are not equally full.
    private List<String> options() {
        int evaluators = 1000 + series / 16 * 5 / 4;
        return List.of(
                "-Xmx" + heap,
                "-XX:+UseParallelGC",
                "-XX:MaxNewSize=250m",
                "-XX:+UseCompactObjectHeaders",
                "-Dvedette.detection.evaluators=" + evaluators);
    }

    private void measure(BenchService service, FleetLog log, BenchReport report)
            throws IOException {
        double[] seconds = new double[rounds];
        double serviceBefore = service.serviceCpu();
        double databaseBefore = service.databaseCpu();
        for (int i = 0; i < rounds; i++) {
            seconds[i] = round(log, 1);
            System.err.printf(Locale.ROOT, "round %d: %.1f s%n", i + 1, seconds[i]);
        }
        double serviceCpu = (service.serviceCpu() - serviceBefore) / rounds;
        double databaseCpu = (service.databaseCpu() - databaseBefore) / rounds;
        double[] sorted = seconds.clone();
        Arrays.sort(sorted);
        report.add("series", "series", log.size());
        report.add("round_seconds_median", "round, median seconds", sorted[rounds / 2]);
        report.add(
                "round_seconds_worst",
                "round, worst seconds (limit " + (int) ROUND_LIMIT + ")",
                sorted[rounds - 1]);
        report.add("cpu_seconds_service", "CPU seconds of the service per round", serviceCpu);
        report.add(
                "cpu_seconds_database",
                "CPU seconds of the database per round, appending included",
                databaseCpu);
        report.add(
                "points_per_cpu_second",
                "points per CPU second, service and database",
                log.size() / (serviceCpu + databaseCpu));
        report.add(
                "service_points_per_cpu_second",
                "points per CPU second of the service",
                log.size() / serviceCpu);
        double rss = service.peakRss() / (double) (1 << 30);
        report.add(
                "service_peak_rss_gib",
                "peak resident memory of the service, GiB (limit " + (int) RSS_LIMIT + ")",
                rss);
        report.add(
                "bytes_per_series",
                "the same per series, bytes",
                service.peakRss() / (double) log.size());
        report.add(
                "load_average",
                "load of the machine at the end",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** Seconds from the commit of the points to the commit of the last result. */
    private static double round(FleetLog log, int minutes) throws IOException {
        log.append(minutes);
        long start = System.nanoTime();
        while (!log.isJudged()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IOException("the workers did not finish a round in " + PATIENCE);
            }
            pause();
        }
        return (System.nanoTime() - start) * 1e-9;
    }

    private static void pause() throws InterruptedIOException {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}

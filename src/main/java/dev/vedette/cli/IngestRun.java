package dev.vedette.cli;

import dev.vedette.timescale.StoredPoints;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.LockSupport;

/** The measurements of one service under one shape of load. */
final class IngestRun {
    private static final int LARGE_REQUESTS = 300;
    private static final int MOST_WARM_UPS = 20;

    private static final int SMALL_REQUESTS = 1_000;
    private static final Duration LASTING = Duration.ofSeconds(15);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration BLOCKS_LIMIT = Duration.ofMinutes(3);

    private final ServiceAddress address;
    private final IngestShape shape;
    private final BenchReport report;
    private final Instant first;
    private final StatementTable statements;
    private final IngestLoad load;
    private final IngestLoad small;
    private long sent;

    /**
     * Against that service.
     *
     * @param first time of the first points, truncated to minutes
     * @param statements watches the parts that are measured
     */
    IngestRun(
            ServiceAddress address,
            IngestShape shape,
            BenchReport report,
            Instant first,
            StatementTable statements) {
        this.address = address;
        this.shape = shape;
        this.report = report;
        this.first = first.truncatedTo(ChronoUnit.MINUTES);
        this.statements = statements;
        this.load = load("bench", shape.series());
        this.small = load("small", shape.series());
    }

    private IngestLoad load(String name, int series) {
        return new IngestLoad(
                address, shape.protocol(), name, series, shape.pointsPerSeries(), first);
    }

    /** What it costs from the first request until all points stand in blocks. */
    void measure(BenchService service, String prefix) throws IOException {
        warmUp(service, prefix);
        String how = prefix.isEmpty() ? "stored only" : "with detection";
        statements.during(
                service,
                "a point",
                points(),
                () -> cost(service, prefix, how, () -> saturate(prefix)));
    }

    /**
     * The same under a load that lasts longer than a round of blocks: after one that is over in a
     * second, most of the time until blocks are written is an idle service's.
     */
    void lasting(BenchService service) throws IOException {
        System.err.println("sending for " + LASTING.toSeconds() + " s …");
        cost(
                service,
                "lasting_",
                "sent for " + LASTING.toSeconds() + " s",
                () -> {
                    long end = System.nanoTime() + LASTING.toNanos();
                    while (System.nanoTime() < end) {
                        sendLarge();
                    }
                });
    }

    private void cost(BenchService service, String prefix, String how, StatementTable.Step step)
            throws IOException {
        long first = sent;
        double compiled = service.compilerCpu();
        Cpu before = Cpu.of(service);
        step.run();
        report.add(
                prefix + "acknowledged_cpu_seconds",
                how + ": CPU seconds until all were acknowledged",
                Cpu.of(service).minus(before).sum());
        awaitBlocks(service);
        Cpu used = Cpu.of(service).minus(before);
        report.add(
                prefix + "points_per_cpu_second",
                how + ": durable points per CPU second, service and database, blocks written",
                (sent - first) / used.sum());
        report.add(prefix + "cpu_seconds_service", how + ": CPU seconds, service", used.service);
        report.add(prefix + "cpu_seconds_database", how + ": CPU seconds, database", used.database);
        report.add(
                prefix + "cpu_seconds_compiling",
                how + ": of the service's, its just-in-time compiler's",
                service.compilerCpu() - compiled);
    }

    /**
     * Does what is to be measured until the service is warm. Small requests beside: what is done
     * once for each is hot only after thousands.
     */
    private void warmUp(BenchService service, String prefix) throws IOException {
        long before = sent;
        WarmUp warm =
                WarmUp.of(
                        service,
                        MOST_WARM_UPS,
                        () -> {
                            sendSmall();
                            sendLarge();
                            awaitBlocks(service);
                        });
        report.add(
                prefix + "warm_up_points",
                "points sent before, until compiling took less than a twentieth of the service's CPU",
                (double) (sent - before));
        warm.addTo(report, prefix);
    }

    private int points() {
        return shape.requests() * IngestShape.POINTS_PER_REQUEST;
    }

    /** As fast as the service answers. */
    void saturate(String prefix) throws IOException {
        System.err.println("sending " + shape.requests() + " requests …");
        long started = System.nanoTime();
        Latencies latencies =
                load.run(shape.requests(), IngestShape.POINTS_PER_REQUEST, shape.clients());
        double seconds = (System.nanoTime() - started) * 1e-9;
        sent += points();
        report.add(prefix + "points_per_second", "durable points per second", points() / seconds);
        report.add(
                prefix + "p50_ms",
                "request of 10 000 points at saturation, median ms",
                latencies.quantile(.5));
        report.add(prefix + "p99_ms", "the same, 99th percentile ms", latencies.quantile(.99));
    }

    /**
     * Small requests at half the rate that such requests reach when they are sent for so long that
     * blocks are written meanwhile: what a burst reaches is no load that could last.
     */
    void halfLoad() throws IOException {
        System.err.println("small requests for " + LASTING.toSeconds() + " s …");
        double perSecond = smallPerSecond();
        report.add(
                "small_points_per_second",
                "requests of 1 000 points, durable points per second over "
                        + LASTING.toSeconds()
                        + " s",
                perSecond * IngestShape.POINTS_PER_SMALL_REQUEST);
        System.err.println("small requests at half that load …");
        int requests = (int) Math.max(SMALL_REQUESTS, LASTING.toSeconds() * perSecond / 2);
        Latencies latencies =
                small.paced(
                        requests,
                        IngestShape.POINTS_PER_SMALL_REQUEST,
                        8 * shape.clients(),
                        perSecond / 2);
        report.add(
                "half_load_p50_ms",
                "request of 1 000 points at half that load, median ms",
                latencies.quantile(.5));
        report.add("half_load_p99_ms", "the same, 99th percentile ms", latencies.quantile(.99));
        sent += (long) requests * IngestShape.POINTS_PER_SMALL_REQUEST;
    }

    /** Requests a second, sent as fast as they are acknowledged. */
    private double smallPerSecond() throws IOException {
        long started = System.nanoTime();
        long requests = 0;
        while (System.nanoTime() - started < LASTING.toNanos()) {
            sendSmall();
            requests += SMALL_REQUESTS;
        }
        return requests / ((System.nanoTime() - started) * 1e-9);
    }

    private void sendLarge() throws IOException {
        load.run(LARGE_REQUESTS, IngestShape.POINTS_PER_REQUEST, shape.clients());
        sent += (long) LARGE_REQUESTS * IngestShape.POINTS_PER_REQUEST;
    }

    private void sendSmall() throws IOException {
        small.run(SMALL_REQUESTS, IngestShape.POINTS_PER_SMALL_REQUEST, shape.clients());
        sent += (long) SMALL_REQUESTS * IngestShape.POINTS_PER_SMALL_REQUEST;
    }

    /** The first points of series nobody has seen, until they stand in blocks. */
    void newSeries(BenchService service, int series) throws IOException {
        System.err.println("sending " + series + " new series …");
        IngestLoad fresh = load("fresh", series);
        awaitBlocks(service);
        int points = series * shape.pointsPerSeries();
        statements.during(
                service,
                "a new series",
                series,
                () ->
                        cost(
                                service,
                                "new_series_",
                                "new series",
                                () -> {
                                    fresh.run(
                                            Math.max(1, points / IngestShape.POINTS_PER_REQUEST),
                                            IngestShape.POINTS_PER_REQUEST,
                                            shape.clients());
                                    sent += points;
                                }));
    }

    private void awaitBlocks(BenchService service) throws IOException {
        Instant limit = Instant.now().plus(BLOCKS_LIMIT);
        try (StoredPoints stored = StoredPoints.open(service.owner())) {
            while (stored.areWaiting()) {
                if (Instant.now().isAfter(limit)) {
                    throw new IOException(
                            "the points did not reach their blocks in " + BLOCKS_LIMIT);
                }
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
        }
    }

    /**
     * That every acknowledged point stands in a block.
     *
     * @throws IOException when one is missing
     */
    void requireAll(BenchService service) throws IOException {
        awaitBlocks(service);
        try (StoredPoints stored = StoredPoints.open(service.owner())) {
            long found = stored.inBlocks();
            if (found != sent) {
                throw new IOException(sent + " points were acknowledged, " + found + " are stored");
            }
        }
    }

    /** CPU seconds so far. */
    private record Cpu(double service, double database) {
        static Cpu of(BenchService service) throws IOException {
            return new Cpu(service.serviceCpu(), service.databaseCpu());
        }

        Cpu minus(Cpu before) {
            return new Cpu(service - before.service, database - before.database);
        }

        double sum() {
            return service + database;
        }
    }
}

package dev.vedette.cli;

import dev.vedette.tenant.Role;
import dev.vedette.timescale.RawLimits;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures how many points per second, and per second of CPU, become durable over HTTP. */
@Command(
        name = "ingest",
        description = {
            "Measures how many points become durable over HTTP: per second, and per CPU second of"
                    + " the service and all processes of its database together, until every point"
                    + " stands in a block. The load comes from this process, whose CPU does not"
                    + " count.",
            "First with points stored only, then with detection as well. Beside it, measured in"
                    + " the same run on the same database: rows by COPY, rows by INSERT from unnest,"
                    + " and packed rows."
        },
        mixinStandardHelpOptions = true)
final class BenchIngestCommand implements Callable<Integer> {
    private static final int RAW_POINTS = 1_000_000;

    /** A service that is not ours takes points of long ago, but not of the days to come. */
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    @Option(
            names = "--protocol",
            defaultValue = "JSON",
            description =
                    "How points are sent: ${COMPLETION-CANDIDATES}, in any case. Default:"
                            + " ${DEFAULT-VALUE}.")
    private LoadProtocol protocol = LoadProtocol.JSON;

    @Option(
            names = "--series",
            defaultValue = "20000",
            description = "How many series. Default: ${DEFAULT-VALUE}.")
    private int series = 20_000;

    @Option(
            names = "--points",
            defaultValue = "3000000",
            description = "How many points are measured. Default: ${DEFAULT-VALUE}.")
    private int points = 3_000_000;

    @Option(
            names = "--points-per-series",
            defaultValue = "10",
            description =
                    "Points of a series in one request; 1 is what a sender does that keeps up."
                            + " Default: ${DEFAULT-VALUE}.")
    private int pointsPerSeries = 10;

    @Option(
            names = "--new-series",
            defaultValue = "0",
            description =
                    "Also measure the first points of that many series nobody has seen. Default:"
                            + " ${DEFAULT-VALUE}.")
    private int newSeries;

    @Option(
            names = "--clients",
            defaultValue = "8",
            description = "Requests under way at once. Default: ${DEFAULT-VALUE}.")
    private int clients = 8;

    @Option(
            names = "--detection",
            defaultValue = "true",
            negatable = true,
            fallbackValue = "true",
            description = "Measure with detection as well, the default; or not.")
    private boolean detection = true;

    @Option(
            names = "--statements",
            description =
                    "Also tell where the database's time goes, by statement (pg_stat_statements,"
                            + " which itself takes some).")
    private boolean statements;

    @Option(names = "--url", description = "A running service instead of one of its own.")
    private Optional<URI> url = Optional.empty();

    @Option(names = "--token", description = "A token that may write to it.")
    private Optional<String> token = Optional.empty();

    @Option(names = "--json", description = "Also write the figures to this file, as flat JSON.")
    private Optional<Path> json = Optional.empty();

    @Override
    public Integer call() throws IOException {
        BenchReport report = new BenchReport();
        IngestShape shape = new IngestShape(protocol, series, points, pointsPerSeries, clients);
        if (url.isPresent()) {
            new IngestRun(
                            ServiceAddress.of(
                                    url, token, BenchService.TENANT, Path.of("data"), Role.INGEST),
                            shape,
                            report,
                            LONG_AGO,
                            new StatementTable(false))
                    .saturate("");
        } else {
            report.add("points", "points sent as " + protocol, points);
            storedOnly(shape, report);
            if (detection) {
                withDetection(shape, report);
            }
        }
        report.print(System.out);
        if (json.isPresent()) {
            report.write(json.get());
        }
        return 0;
    }

    private void storedOnly(IngestShape shape, BenchReport report) throws IOException {
        StatementTable table = new StatementTable(statements);
        System.err.println("starting the service and its database …");
        try (BenchService service =
                BenchService.start(false, table.settings(), BenchService.OFTEN_BLOCKS)) {
            IngestRun run = new IngestRun(service.address(), shape, report, Instant.now(), table);
            run.measure(service, "");
            run.lasting(service);
            run.halfLoad();
            if (newSeries > 0) {
                run.newSeries(service, newSeries);
            }
            run.requireAll(service);
            System.err.println("measuring the raw limits of the database …");
            limits(service, report);
        }
        for (RawLimits.Way way : RawLimits.Way.values()) {
            report.add(
                    "share_of_" + key(way),
                    "share of " + way.words() + " reached, per CPU second",
                    report.figure("points_per_cpu_second")
                            / report.figure("limit_" + key(way) + "_points_per_cpu_second"));
        }
    }

    private void withDetection(IngestShape shape, BenchReport report) throws IOException {
        StatementTable table = new StatementTable(statements);
        System.err.println("the same with detection …");
        try (BenchService service =
                BenchService.start(true, table.settings(), BenchService.OFTEN_BLOCKS)) {
            IngestRun run = new IngestRun(service.address(), shape, report, Instant.now(), table);
            run.measure(service, "detection_");
            run.requireAll(service);
        }
    }

    private static String key(RawLimits.Way way) {
        return way.name().toLowerCase(Locale.ROOT);
    }

    private static void limits(BenchService service, BenchReport report) throws IOException {
        for (RawLimits.Way way : RawLimits.Way.values()) {
            try (RawLimits limits = RawLimits.open(service.owner())) {
                limits.write(way, RAW_POINTS / 5, 0);
                double before = service.databaseCpu();
                long started = System.nanoTime();
                double client = limits.write(way, RAW_POINTS, 1);
                double seconds = (System.nanoTime() - started) * 1e-9;
                double cpu = service.databaseCpu() - before + client;
                String key = "limit_" + key(way);
                report.add(
                        key + "_points_per_cpu_second",
                        way.words() + ", points per CPU second",
                        RAW_POINTS / cpu);
                report.add(
                        key + "_points_per_second",
                        way.words() + ", points per second",
                        RAW_POINTS / seconds);
            }
        }
    }
}

package dev.vedette.cli;

import dev.vedette.timescale.RawLimits;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures how many points per second, and per second of CPU, become durable over HTTP. */
@Command(
        name = "ingest",
        description = {
            "Measures how many points become durable over HTTP: per second, and per CPU second of"
                    + " the service and all processes of its database together. The load comes from"
                    + " this process, whose CPU does not count.",
            "Beside it, measured in the same run on the same database: rows by COPY, rows by INSERT"
                    + " from unnest, and packed rows."
        },
        mixinStandardHelpOptions = true)
final class BenchIngestCommand implements Callable<Integer> {
    private static final int POINTS_PER_REQUEST = 10_000;
    private static final int IDLE_REQUESTS = 40;

    @Option(
            names = "--protocol",
            defaultValue = "json",
            description =
                    "How points are sent: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Protocol protocol = Protocol.JSON;

    @Option(
            names = "--series",
            defaultValue = "10000",
            description = "How many series. Default: ${DEFAULT-VALUE}.")
    private int series = 10_000;

    @Option(
            names = "--points",
            defaultValue = "5000000",
            description = "How many points are measured. Default: ${DEFAULT-VALUE}.")
    private int points = 5_000_000;

    @Option(
            names = "--clients",
            defaultValue = "8",
            description = "Requests under way at once. Default: ${DEFAULT-VALUE}.")
    private int clients = 8;

    @Option(
            names = "--roles",
            defaultValue = "api",
            description =
                    "Roles of the service: api alone measures ingestion, api,worker detection too."
                            + " Default: ${DEFAULT-VALUE}.")
    private String roles = "api";

    @Option(names = "--url", description = "A running service instead of one of its own.")
    private Optional<URI> url = Optional.empty();

    @Option(names = "--token", description = "A token that may write to it.")
    private Optional<String> token = Optional.empty();

    @Option(names = "--json", description = "Also write the figures to this file, as flat JSON.")
    private Optional<Path> json = Optional.empty();

    /** How points are sent. */
    enum Protocol {
        /** POST /api/v1/metrics. */
        JSON
    }

    @Override
    public Integer call() throws IOException {
        BenchReport report = new BenchReport();
        if (url.isPresent()) {
            measureLoad(
                    ServiceAddress.of(url, token, BenchService.TENANT, Path.of("data")), report);
        } else {
            measureOwn(report);
        }
        report.print(System.out);
        if (json.isPresent()) {
            report.write(json.get());
        }
        return 0;
    }

    private void measureOwn(BenchReport report) throws IOException {
        System.err.println("starting the service and its database …");
        try (BenchService service = BenchService.start(roles)) {
            IngestLoad load = load(service.address());
            warmUp(load);
            double serviceBefore = service.serviceCpu();
            double databaseBefore = service.databaseCpu();
            int sent = measure(load, report);
            double serviceCpu = service.serviceCpu() - serviceBefore;
            double databaseCpu = service.databaseCpu() - databaseBefore;
            report.add(
                    "points_per_cpu_second",
                    "durable points per CPU second, service and database",
                    sent / (serviceCpu + databaseCpu));
            report.add("cpu_seconds_service", "CPU seconds of the service", serviceCpu);
            report.add("cpu_seconds_database", "CPU seconds of the database", databaseCpu);
            idle(load, report);
            System.err.println("measuring the raw limits of the database …");
            limits(service, report);
        }
    }

    private void measureLoad(ServiceAddress address, BenchReport report) throws IOException {
        IngestLoad load = load(address);
        warmUp(load);
        measure(load, report);
        idle(load, report);
    }

    private IngestLoad load(ServiceAddress address) {
        return new IngestLoad(address, series, POINTS_PER_REQUEST);
    }

    private void warmUp(IngestLoad load) throws IOException {
        System.err.println("warming up …");
        load.run(Math.max(50, points / POINTS_PER_REQUEST / 3), clients);
    }

    private int measure(IngestLoad load, BenchReport report) throws IOException {
        int requests = Math.max(1, points / POINTS_PER_REQUEST);
        System.err.println(
                "sending " + requests + " requests of " + POINTS_PER_REQUEST + " points …");
        long started = System.nanoTime();
        Latencies latencies = load.run(requests, clients);
        double seconds = (System.nanoTime() - started) * 1e-9;
        int sent = requests * POINTS_PER_REQUEST;
        report.add("points", "points sent as " + protocol, sent);
        report.add("points_per_second", "durable points per second", sent / seconds);
        report.add(
                "p50_ms", "request of 10 000 points under load, median ms", latencies.quantile(.5));
        report.add("p99_ms", "the same, 99th percentile ms", latencies.quantile(.99));
        return sent;
    }

    private static void idle(IngestLoad load, BenchReport report) throws IOException {
        Latencies latencies = load.run(IDLE_REQUESTS, 1);
        report.add(
                "idle_p50_ms", "request of 10 000 points, idle, median ms", latencies.quantile(.5));
        report.add("idle_p99_ms", "the same, 99th percentile ms", latencies.quantile(.99));
    }

    private void limits(BenchService service, BenchReport report) throws IOException {
        for (RawLimits.Way way : RawLimits.Way.values()) {
            try (RawLimits limits = RawLimits.open(service.owner())) {
                limits.write(way, 200_000, 0);
                double before = service.databaseCpu();
                long started = System.nanoTime();
                double client = limits.write(way, 1_000_000, 1);
                double seconds = (System.nanoTime() - started) * 1e-9;
                double cpu = service.databaseCpu() - before + client;
                String key = "limit_" + way.name().toLowerCase(java.util.Locale.ROOT);
                report.add(
                        key + "_points_per_cpu_second",
                        way.words() + ", points per CPU second",
                        1_000_000 / cpu);
                report.add(
                        key + "_points_per_second",
                        way.words() + ", points per second",
                        1_000_000 / seconds);
            }
        }
    }
}

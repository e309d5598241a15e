package dev.vedette.cli;

import dev.vedette.simulation.Fleet;
import dev.vedette.simulation.IncidentPlan;
import dev.vedette.timescale.EmbeddedDatabase;
import dev.vedette.timescale.Migrator;
import dev.vedette.timescale.StorageFill;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

    @Option(
            names = "--requests",
            defaultValue = "2000",
            description =
                    "Requests of a kind that are measured, after as many to warm up. Default:"
                            + " ${DEFAULT-VALUE}.")
    private int requests = 2000;

    @Option(
            names = "--statements",
            description =
                    "Also tell where the database's time goes, by statement (pg_stat_statements,"
                            + " which costs some itself).")
    private boolean statements;

    @Option(names = "--json", description = "Also write the figures to this file, as flat JSON.")
    private Optional<Path> json = Optional.empty();

    private final Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);

    @Override
    public Integer call() throws IOException {
        BenchReport report = new BenchReport();
        int nodes = Math.ceilDiv(Math.max(diskSeries, SimulatedValues.DISTINCT), 8);
        SimulatedValues simulated =
                new SimulatedValues(new Fleet(7, 1, nodes, IncidentPlan.liveFrom(today)));
        disk(simulated, report);
        System.err.println("starting the service and its database …");
        StatementTable table = new StatementTable(statements);
        try (BenchService service =
                        BenchService.start(false, table.settings(), BenchService.OFTEN_BLOCKS);
                StorageFill fill = new StorageFill(service.owner(), BenchService.TENANT)) {
            new ReadBench(simulated, series, step, today, requests, table)
                    .measure(service, fill, report);
        }
        report.print(System.out);
        if (json.isPresent()) {
            report.write(json.get());
        }
        return 0;
    }

    // Without a service, whose jobs would merge what is to be measured hot.
    private void disk(SimulatedValues simulated, BenchReport report) throws IOException {
        Path folder = Files.createTempDirectory("vedette-bench-");
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("postgresql"))) {
            Migrator.migrate(database.owner());
            try (StorageFill fill = new StorageFill(database.owner(), BenchService.TENANT)) {
                new DiskBench(simulated, diskSeries, buckets, step, checkpoint, today)
                        .measure(fill, report);
            }
        }
        Folders.delete(folder);
    }
}

package dev.vedette.cli;

import dev.vedette.series.SeriesKey;
import dev.vedette.timescale.HistoryFill;
import dev.vedette.timescale.StorageFill;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what people wait for when they look at a large tenant. */
@Command(
        name = "dashboard",
        description =
                "Measures how long the overview and the reads behind it take, over a day of scores of"
                        + " many nodes and a month of anomalies.",
        mixinStandardHelpOptions = true)
final class BenchDashboardCommand implements Callable<Integer> {
    private static final int CLUSTERS = 10;
    private static final int METRICS = 10;
    private static final Duration MONTH = Duration.ofDays(30);

    @Option(
            names = "--nodes",
            defaultValue = "1000",
            description = "Nodes of the tenant, ten series each. Default: ${DEFAULT-VALUE}.")
    private int nodes = 1_000;

    @Option(
            names = "--anomalies",
            defaultValue = "1000000",
            description = "Anomalies of the last month. Default: ${DEFAULT-VALUE}.")
    private int anomalies = 1_000_000;

    @Option(
            names = "--open",
            defaultValue = "40",
            description = "How many of them go on. Default: ${DEFAULT-VALUE}.")
    private int open = 40;

    @Option(
            names = "--requests",
            defaultValue = "200",
            description = "Measured requests of each kind. Default: ${DEFAULT-VALUE}.")
    private int requests = 200;

    @Option(names = "--json", description = "Also write the figures to this file, as flat JSON.")
    private Optional<Path> json = Optional.empty();

    @Override
    public Integer call() throws IOException {
        System.err.println("starting the service and its database …");
        BenchReport report = new BenchReport();
        try (BenchService service = BenchService.start(false)) {
            Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);
            fill(service, now);
            TimedReads reads = new TimedReads(service, requests, requests);
            for (Map.Entry<String, String> one : paths(now).entrySet()) {
                System.err.println("measuring " + one.getKey() + " …");
                reads.measure(one.getKey(), one.getValue(), report);
            }
        }
        report.print(System.out);
        if (json.isPresent()) {
            report.write(json.get());
        }
        return 0;
    }

    private void fill(BenchService service, Instant now) {
        System.err.println("storing scores of " + nodes + " nodes …");
        try (StorageFill fill = new StorageFill(service.owner(), BenchService.TENANT)) {
            List<SeriesKey> keys = new ArrayList<>();
            for (int node = 0; node < nodes; node++) {
                for (int metric = 0; metric < METRICS; metric++) {
                    keys.add(
                            fill.key(
                                    "cluster-" + node % CLUSTERS,
                                    "node-" + node,
                                    "metric-" + metric));
                }
            }
            fill.series(keys);
        }
        try (HistoryFill fill = new HistoryFill(service.owner(), BenchService.TENANT)) {
            fill.scores(CLUSTERS, nodes, METRICS, now.minus(Duration.ofDays(1)), now);
            System.err.println("storing " + anomalies + " anomalies …");
            fill.anomalies(anomalies, open, nodes * METRICS, MONTH, now);
        }
    }

    private Map<String, String> paths(Instant now) {
        String day = "from=" + now.minus(Duration.ofDays(1)) + "&to=" + now;
        Map<String, String> paths = new LinkedHashMap<>();
        paths.put("overview", "/");
        paths.put("health", "/api/v1/health");
        paths.put("rank", "/api/v1/rank?level=node&top=20&" + day);
        paths.put("scores", "/api/v1/scores?level=node&top=20&step=15m&" + day);
        paths.put("open_anomalies", "/api/v1/anomalies?status=open&limit=100");
        paths.put("anomalies", "/api/v1/anomalies?limit=100&" + day);
        paths.put("incidents", "/api/v1/incidents?limit=50");
        paths.put("open_incidents", "/api/v1/incidents?status=open&limit=50");
        return paths;
    }
}

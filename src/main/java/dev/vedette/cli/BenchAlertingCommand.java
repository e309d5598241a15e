package dev.vedette.cli;

import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.explanation.Explainer;
import dev.vedette.explanation.Phrases;
import dev.vedette.explanation.StreamingAnomalyDetectionEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures how soon people hear, and how many messages they get of labelled data. */
@Command(
        name = "alerting",
        description = {
            "Starts the service, sends history, breaks its clusters one after the other, and tells"
                    + " how long after the first anomaly was stored a receiver heard of each"
                    + " incident. With --data also runs labelled nodes through detection, grouping"
                    + " and alerting, by a route that tells everything, and counts what people"
                    + " would have been told: messages per labelled event, and what grouping saved."
        },
        mixinStandardHelpOptions = true)
final class BenchAlertingCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            split = ",",
            description =
                    "Folders with train, test and test_label, one gzipped CSV per node in each: a"
                            + " column per metric, a row per five minutes.")
    private List<Path> data = new ArrayList<>();

    @Option(
            names = "--clusters",
            defaultValue = "40",
            description =
                    "Clusters of five series that are broken, four every ten seconds; 0: only"
                            + " --data. Default: ${DEFAULT-VALUE}.")
    private int clusters = 40;

    @Option(names = "--json", description = "Also write the figures to this file, as flat JSON.")
    private Optional<Path> json = Optional.empty();

    @Override
    public Integer call() throws IOException {
        // before the minutes that the first part takes
        for (Path folder : data) {
            if (!Files.isDirectory(folder.resolve("test_label"))) {
                throw new IOException("there are no labelled nodes in " + folder);
            }
        }
        BenchReport report = new BenchReport();
        if (clusters > 0) {
            live(report);
        }
        if (!data.isEmpty()) {
            replay(report);
        }
        report.print(System.out);
        if (json.isPresent()) {
            report.write(json.get());
        }
        return 0;
    }

    private void live(BenchReport report) throws IOException {
        System.err.println("starting the service and its database …");
        try (BenchService service =
                        BenchService.start(
                                true,
                                List.of(
                                        "-Dvedette.roles=api,worker,notifier",
                                        "-Dvedette.notifier.allowed-targets=127.0.0.0/8",
                                        "-Dvedette.notifier.allow-plain-http=true"));
                AlertingLoad load = new AlertingLoad(service, clusters)) {
            System.err.println("sending history, then breaking clusters …");
            Latencies latencies = load.run();
            report.add("live_broken", "clusters broken", clusters);
            report.add("live_incidents", "incidents heard of", load.incidents());
            report.add(
                    "live_p50_ms",
                    "anomaly stored to first message received, median ms",
                    latencies.quantile(.5));
            report.add("live_p99_ms", "the same, 99th percentile ms", latencies.quantile(.99));
        }
    }

    private void replay(BenchReport report) throws IOException {
        LabelledAlerts alerts =
                new LabelledAlerts(
                        new StreamingAnomalyDetectionEngine(
                                EngineRegistry.standard(),
                                "ensemble",
                                DetectionSettings.DEFAULT,
                                new Explainer(Phrases.ENGLISH)));
        AlertCounts counts = new AlertCounts();
        for (Path folder : data) {
            alerts.run(folder, counts);
        }
        counts.report(report);
    }
}

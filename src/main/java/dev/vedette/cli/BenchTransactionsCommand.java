package dev.vedette.cli;

import dev.vedette.timescale.StatementTimes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures decisions: payments in, features, statistics, models and rules, commit, answer out. */
@Command(
        name = "transactions",
        description = {
            "Measures decisions over HTTP: 10 rules, the standard features, statistics and models"
                    + " trained on the way, and the commit; one payment a request, open loop.",
            "A latency counts from when a request was due. It says what a decision takes while the"
                    + " machine has time left; where the share that was busy comes near 1, it says"
                    + " how long the queue is. The sender works on the same machine."
        },
        mixinStandardHelpOptions = true)
final class BenchTransactionsCommand implements Callable<Integer> {
    @Option(
            names = "--rate",
            split = ",",
            defaultValue = "100,300,600,1000",
            description = "Payments a second, one rate after the other. Default: ${DEFAULT-VALUE}.")
    private List<Integer> rates = new ArrayList<>();

    @Option(
            names = "--seconds",
            defaultValue = "20",
            description = "How long is measured at each rate. Default: ${DEFAULT-VALUE}.")
    private int seconds = 20;

    @Option(
            names = "--warm-up",
            defaultValue = "180",
            description =
                    "Most seconds at the highest rate before, until compiling takes less than a"
                            + " twentieth of the service's CPU. Default: ${DEFAULT-VALUE}.")
    private int warmUp = 180;

    @Option(
            names = "--statements",
            description =
                    "Also tell where the database's time goes, by statement, at the last rate"
                            + " (pg_stat_statements, which itself takes some).")
    private boolean statements;

    @Option(names = "--json", description = "Also write the figures to this file, as flat JSON.")
    private Optional<Path> file = Optional.empty();

    @Override
    public Integer call() throws IOException {
        System.err.println("starting the service and its database …");
        List<String> settings = statements ? StatementTimes.SETTINGS : List.of();
        try (BenchService service = BenchService.start(true, settings, List.of())) {
            BenchReport report = new BenchReport();
            measure(service, report);
            report.print(System.out);
            if (file.isPresent()) {
                report.write(file.get());
            }
        }
        return 0;
    }

    private void measure(BenchService service, BenchReport report) throws IOException {
        int highest = Collections.max(rates);
        int most = highest * warmUp + rates.stream().mapToInt(rate -> rate * seconds).sum();
        PacedLoad load = new DecisionLoad(service.editor(), most).prepare();
        DecisionRun run = new DecisionRun(service, load, report);
        run.warmUp(highest, warmUp);
        for (int rate : rates.subList(0, rates.size() - 1)) {
            run.measure(rate, seconds);
        }
        int last = rates.getLast();
        if (!statements) {
            run.measure(last, seconds);
            return;
        }
        try (StatementTimes times = service.statements()) {
            run.measure(last, seconds);
            print(times.longest(), last * seconds);
        }
    }

    private static void print(List<StatementTimes.Kind> kinds, double decisions) {
        System.out.println("a decision: µs by the clock, calls, bytes of the database's log");
        for (StatementTimes.Kind kind : kinds) {
            System.out.printf(
                    Locale.ROOT,
                    "%8.1f %8.2f %8.0f  %s%n",
                    kind.millis() * 1e3 / decisions,
                    kind.calls() / decisions,
                    kind.walBytes() / decisions,
                    kind.text());
        }
    }
}

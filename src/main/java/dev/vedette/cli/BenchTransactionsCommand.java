package dev.vedette.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
        StatementTable table = new StatementTable(statements);
        // the one model is the load's, see DecisionLoad
        List<String> options = List.of("-Dvedette.models.scheduled=false");
        try (BenchService service = BenchService.start(true, table.settings(), options)) {
            BenchReport report = new BenchReport();
            measure(service, table, report);
            report.print(System.out);
            if (file.isPresent()) {
                report.write(file.get());
            }
        }
        return 0;
    }

    private void measure(BenchService service, StatementTable table, BenchReport report)
            throws IOException {
        int highest = Collections.max(rates);
        int most = highest * warmUp + rates.stream().mapToInt(rate -> rate * seconds).sum();
        PacedLoad load = new DecisionLoad(service.editor(), most).prepare();
        DecisionRun run = new DecisionRun(service, load, report);
        run.warmUp(highest, warmUp);
        for (int rate : rates.subList(0, rates.size() - 1)) {
            run.measure(rate, seconds);
        }
        int last = rates.getLast();
        table.during(service, "a decision", last * seconds, () -> run.measure(last, seconds));
    }
}

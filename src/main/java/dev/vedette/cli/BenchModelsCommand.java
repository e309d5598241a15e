package dev.vedette.cli;

import dev.vedette.transaction.model.FeatureRows;
import dev.vedette.transaction.model.ModelKind;
import dev.vedette.transaction.model.OutlierModel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What it costs to score a row, one at a time. */
@Command(
        name = "models",
        description = "Measures rows per CPU-second of each model, one row at a time.",
        mixinStandardHelpOptions = true)
final class BenchModelsCommand implements Callable<Integer> {
    private static final long SEED = 1;
    private static final double LEAST_SECONDS = 0.5;

    @Option(
            names = "--features",
            defaultValue = "20",
            description = "Features of a row, 1 to 127. Default: ${DEFAULT-VALUE}.")
    private int features = 20;

    @Option(
            names = "--rows",
            defaultValue = "10000",
            description = "Rows learnt, and rows scored in turn. Default: ${DEFAULT-VALUE}.")
    private int rows = 10_000;

    @Option(names = "--json", description = "Also write the figures to this file, as flat JSON.")
    private Optional<Path> json = Optional.empty();

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    @Override
    public Integer call() throws IOException {
        BenchReport report = new BenchReport();
        FeatureRows table = table();
        for (ModelKind kind : ModelKind.values()) {
            OutlierModel model = kind.fit(table, SEED);
            rate(model, table);
            report.add(
                    kind.id() + "_rows_per_cpu_second",
                    kind.id() + ": rows of " + features + " features per CPU-second",
                    rate(model, table));
        }
        report.print(System.out);
        if (json.isPresent()) {
            report.write(json.get());
        }
        return 0;
    }

    private FeatureRows table() {
        Random random = new Random(SEED);
        double[] values = new double[rows * features];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextGaussian();
        }
        return new FeatureRows(features, values);
    }

    private double rate(OutlierModel model, FeatureRows table) {
        double[] row = new double[table.width()];
        double sum = 0;
        long scored = 0;
        long start = threads.getCurrentThreadCpuTime();
        double seconds = 0;
        while (seconds < LEAST_SECONDS) {
            for (int i = 0; i < 1000; i++) {
                table.copyRow((int) (scored++ % table.count()), row);
                sum += model.score(row);
            }
            seconds = (threads.getCurrentThreadCpuTime() - start) / 1e9;
        }
        if (Double.isNaN(sum)) {
            throw new IllegalStateException("a score is no number");
        }
        return scored / seconds;
    }
}

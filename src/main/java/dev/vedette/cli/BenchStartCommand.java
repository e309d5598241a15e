package dev.vedette.cli;

import dev.vedette.cli.StartTimes.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long the service takes to start on a database that is there, and what of it takes how long.
 */
@Command(
        name = "start",
        description =
                "Measures starts of this very JVM and package on an embedded database that is there:"
                        + " medians of when each part was done, and of the CPU time.",
        mixinStandardHelpOptions = true)
final class BenchStartCommand implements Callable<Integer> {
    private static final Map<Part, String> WORDS =
            new EnumMap<>(
                    Map.of(
                            Part.COMMAND, "JVM and command line",
                            Part.INITIALIZED, "Quarkus initialized, beside the database",
                            Part.DATABASE, "database answers",
                            Part.MIGRATED, "schema checked",
                            Part.LISTENING, "service listens",
                            Part.READY, "readiness content"));

    @Option(
            names = "--runs",
            defaultValue = "5",
            description =
                    "Starts that are measured, after one that is not. Default: ${DEFAULT-VALUE}.")
    private int runs = 5;

    /** Absent: no file is written. */
    @Option(names = "--json", description = "File for the same figures as flat JSON.")
    private @Nullable Path json;

    /** A start: when its parts were done, and the CPU seconds of its JVM, its end included. */
    private record Measured(Map<Part, Double> parts, double cpu) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("vedette-bench-");
        List<Measured> measured = new ArrayList<>();
        try {
            start(folder);
            for (int i = 0; i < runs; i++) {
                measured.add(start(folder));
            }
        } finally {
            Folders.delete(folder);
        }
        BenchReport report = new BenchReport();
        for (Part part : Part.values()) {
            report.add(
                    part.name().toLowerCase(Locale.ROOT) + "_seconds",
                    WORDS.get(part) + ", s after the JVM began",
                    median(measured.stream().mapToDouble(one -> one.parts().get(part)).toArray()));
        }
        report.add(
                "cpu_seconds",
                "CPU-seconds of the JVM until its end",
                median(measured.stream().mapToDouble(Measured::cpu).toArray()));
        report.add("runs", "starts", measured.size());
        report.print(System.out);
        if (json != null) {
            report.write(json);
        }
        return 0;
    }

    private static Measured start(Path folder) throws IOException, InterruptedException {
        Path log = folder.resolve("start.log");
        ProcessBuilder command =
                new ProcessBuilder(
                                ThisJvm.command(
                                        List.of(),
                                        StartCommand.NAME,
                                        ServiceApplication.ONCE,
                                        "--port",
                                        "0",
                                        "--data",
                                        folder.resolve("data").toString()))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        // the database is to be the embedded one
        command.environment().remove("VEDETTE_DATABASE_URL");
        double before = ProcessCpu.ofFamily(ProcessHandle.current().pid());
        double own = ProcessCpu.of(ProcessHandle.current().pid());
        if (command.start().waitFor() != 0) {
            throw new IOException("the service did not start: " + Files.readString(log).strip());
        }
        double after = ProcessCpu.ofFamily(ProcessHandle.current().pid());
        double ownSince = ProcessCpu.of(ProcessHandle.current().pid()) - own;
        Map<Part, Double> parts = new EnumMap<>(Part.class);
        for (String line : Files.readAllLines(log)) {
            StartTimes.read(line).ifPresent(part -> parts.put(part.getKey(), part.getValue()));
        }
        return new Measured(parts, after - before - ownSince);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}

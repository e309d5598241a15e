package dev.vedette.cli;

import dev.vedette.tenant.TenantId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what a tenant far over its limit costs another one. */
@Command(
        name = "isolation",
        description = {
            "Measures what tenant A, sending many times what it may, costs tenant B, who sends at a"
                    + " steady pace within its limits: B's latency alone and beside A, in turns of"
                    + " the same run, and how many requests of each were refused. The load comes"
                    + " from this machine, too, and takes its share of the CPU."
        },
        mixinStandardHelpOptions = true)
final class BenchIsolationCommand implements Callable<Integer> {
    private static final TenantId FLOOD = new TenantId("flood");
    private static final TenantId CALM = new TenantId("calm");
    private static final int POINTS_PER_REQUEST = 1000;

    @Option(
            names = "--limit",
            defaultValue = "10000",
            description = "Points per second that A may send. Default: ${DEFAULT-VALUE}.")
    private int limit = 10_000;

    @Option(
            names = "--times",
            defaultValue = "100",
            description = "How many times its limit A sends. Default: ${DEFAULT-VALUE}.")
    private int times = 100;

    @Option(
            names = "--rate",
            defaultValue = "40",
            description =
                    "Requests of 1000 points per second that B sends. Default: ${DEFAULT-VALUE}.")
    private int rate = 40;

    @Option(
            names = "--seconds",
            defaultValue = "15",
            description = "Length of each of the four turns. Default: ${DEFAULT-VALUE}.")
    private int seconds = 15;

    @Option(
            names = "--warm-up",
            defaultValue = "120",
            description =
                    "Most seconds of both before, until compiling takes less than a twentieth of"
                            + " the service's CPU. Default: ${DEFAULT-VALUE}.")
    private int warmUp = 120;

    @Option(names = "--json", description = "Also write the figures to this file, as flat JSON.")
    private Optional<Path> json = Optional.empty();

    @Override
    public Integer call() throws IOException {
        BenchReport report = new BenchReport();
        System.err.println("starting the service and its database …");
        try (BenchService service = BenchService.start(false)) {
            PacedLoad flood = new PacedLoad(service.addressOf(FLOOD, limit), POINTS_PER_REQUEST);
            PacedLoad calm =
                    new PacedLoad(service.addressOf(CALM, 1_000_000_000), POINTS_PER_REQUEST);
            WarmUp.of(service, warmUp / WarmUp.PACED_SECONDS, () -> together(calm, flood))
                    .addTo(report, "");
            Latencies alone = new Latencies();
            Latencies beside = new Latencies();
            PacedLoad.Counts calmCounts = new PacedLoad.Counts();
            PacedLoad.Counts floodCounts = new PacedLoad.Counts();
            double cpuAlone = 0;
            double cpuBeside = 0;
            for (int turn = 0; turn < 2; turn++) {
                System.err.println("B alone, then beside A …");
                double before = service.serviceCpu();
                calm.run(rate, seconds, alone, calmCounts);
                double between = service.serviceCpu();
                cpuAlone += between - before;
                PacedLoad.Running a =
                        flood.start(flooding(), seconds, new Latencies(), floodCounts);
                calm.run(rate, seconds, beside, calmCounts);
                a.await();
                cpuBeside += service.serviceCpu() - between;
            }
            report(report, alone, beside, calmCounts, floodCounts);
            report.add("solo_cpu_seconds", "CPU seconds of the service, B alone", cpuAlone);
            report.add("beside_cpu_seconds", "the same, B beside A", cpuBeside);
            report.add(
                    "a_request_cpu_micros",
                    "CPU of the service for a request of A, stored or refused, µs",
                    (cpuBeside - cpuAlone) * 1e6 / floodCounts.sent());
        }
        report.print(System.out);
        if (json.isPresent()) {
            report.write(json.get());
        }
        return 0;
    }

    /** With many requests of B: its own are too few to be compiled for within minutes. */
    private void together(PacedLoad calm, PacedLoad flood) throws IOException {
        PacedLoad.Counts nobody = new PacedLoad.Counts();
        PacedLoad.Running a =
                flood.start(flooding(), WarmUp.PACED_SECONDS, new Latencies(), nobody);
        calm.run(5 * rate, WarmUp.PACED_SECONDS, new Latencies(), nobody);
        a.await();
    }

    /** Requests a second that A sends. */
    private int flooding() {
        return limit * times / POINTS_PER_REQUEST;
    }

    private void report(
            BenchReport report,
            Latencies alone,
            Latencies beside,
            PacedLoad.Counts calm,
            PacedLoad.Counts flood) {
        report.add("solo_p50_ms", "B alone: request of 1000 points, median ms", alone.quantile(.5));
        report.add("solo_p99_ms", "the same, 99th percentile ms", alone.quantile(.99));
        report.add("beside_p50_ms", "B beside A: median ms", beside.quantile(.5));
        report.add("beside_p99_ms", "the same, 99th percentile ms", beside.quantile(.99));
        report.add(
                "p99_ratio",
                "B's p99 beside A over alone",
                beside.quantile(.99) / alone.quantile(.99));
        report.add("b_requests", "requests of B", calm.sent());
        report.add("b_refused", "refused or failed of them", calm.sent() - calm.stored());
        report.add("a_requests", "requests of A", flood.sent());
        report.add("a_stored", "stored of them", flood.stored());
        report.add(
                "a_offered",
                "points per second A offered, over its limit",
                (double) flood.sent() * POINTS_PER_REQUEST / (2.0 * seconds) / limit);
    }
}

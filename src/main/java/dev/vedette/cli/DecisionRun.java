package dev.vedette.cli;

import java.io.IOException;
import java.util.Locale;

/**
 * The measurements of one service at several rates of decisions.
 *
 * <p>A latency says what a decision takes only while the machine has time left: beyond that it says
 * how long the queue is. So the share of the machine that was busy stands beside each.
 */
final class DecisionRun {
    private final BenchService service;
    private final PacedLoad load;
    private final BenchReport report;

    DecisionRun(BenchService service, PacedLoad load, BenchReport report) {
        this.service = service;
        this.load = load;
        this.report = report;
    }

    /** Sends until the service is warm, for so many seconds at most. */
    void warmUp(int rate, int most) throws IOException {
        WarmUp.of(
                        service,
                        most / WarmUp.PACED_SECONDS,
                        () ->
                                load.run(
                                        rate,
                                        WarmUp.PACED_SECONDS,
                                        new Latencies(),
                                        new PacedLoad.Counts()))
                .addTo(report, "");
    }

    /** What decisions take and cost at that rate. */
    void measure(int rate, int seconds) throws IOException {
        System.err.println("measuring " + rate + " a second …");
        Latencies latencies = new Latencies();
        PacedLoad.Counts counts = new PacedLoad.Counts();
        CpuTimes before = CpuTimes.of(service);
        long started = System.nanoTime();
        load.run(rate, seconds, latencies, counts);
        double took = (System.nanoTime() - started) * 1e-9;
        CpuTimes used = CpuTimes.of(service).since(before);
        double machine = took * Runtime.getRuntime().availableProcessors();
        Said said = new Said(rate);
        said.add("decisions_per_second", "decisions per second", counts.stored() / took);
        said.add("failed", "requests not answered with 200", counts.sent() - counts.stored());
        said.add("p50_ms", "median from due to answered, ms", latencies.quantile(0.5));
        said.add("p99_ms", "99 % from due to answered, ms", latencies.quantile(0.99));
        said.add("busy", "share of the machine that was busy", used.machine() / machine);
        said.add("sender_share", "of it the sender's", used.sender() / machine);
        costs(said, used, counts.stored());
    }

    private static void costs(Said said, CpuTimes used, int decisions) {
        double each = 1e6 / decisions;
        said.add(
                "decisions_per_cpu_second",
                "decisions per CPU second of service and database",
                decisions / (used.service() + used.database()));
        said.add("service_cpu_us", "service CPU per decision, µs", used.service() * each);
        said.add(
                "compiler_cpu_us",
                "of it the just-in-time compiler's, µs",
                used.compiling() * each);
        said.add("collector_cpu_us", "of it the garbage collector's, µs", used.collecting() * each);
        said.add("database_cpu_us", "database CPU per decision, µs", used.database() * each);
    }

    /** Figures at one rate. */
    private final class Said {
        private final int rate;

        Said(int rate) {
            this.rate = rate;
        }

        void add(String key, String what, double figure) {
            report.add(
                    "at_" + rate + "_" + key,
                    String.format(Locale.ROOT, "at %,5d/s: %s", rate, what),
                    figure);
        }
    }
}

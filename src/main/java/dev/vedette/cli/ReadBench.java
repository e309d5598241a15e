package dev.vedette.cli;

import dev.vedette.series.SeriesKey;
import dev.vedette.timescale.StorageFill;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Measures how long the API takes for stored points. */
final class ReadBench {
    private static final long BUCKET = Duration.ofHours(4).toMillis();
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final SimulatedValues simulated;
    private final int series;
    private final Duration step;
    private final Instant today;
    private final int requests;
    private final StatementTable statements;

    /**
     * With that many series stored.
     *
     * @param step time between the points of the day
     * @param today the day before which the points lie
     * @param requests how many of a kind are measured, after as many to warm up
     * @param statements watches these and those
     */
    ReadBench(
            SimulatedValues simulated,
            int series,
            Duration step,
            Instant today,
            int requests,
            StatementTable statements) {
        this.simulated = simulated;
        this.series = series;
        this.step = step;
        this.today = today;
        this.requests = requests;
        this.statements = statements;
    }

    /** Stores and measures. */
    void measure(BenchService service, StorageFill fill, BenchReport report) throws IOException {
        System.err.println("storing a day and a month of " + series + " series …");
        List<SeriesKey> keys = new ArrayList<>();
        for (int i = 0; i < series; i++) {
            keys.add(fill.key("read", "node-" + i / 10, "metric-" + i % 10));
        }
        long[] ids = fill.series(keys);
        long yesterday = today.minus(Duration.ofDays(1)).toEpochMilli();
        for (int bucket = 0; bucket < 6; bucket++) {
            long from = yesterday + bucket * BUCKET;
            int count = (int) (BUCKET / step.toMillis());
            double[][] some = simulated.columns(from, step.toMillis(), count);
            fill.checkpoint(
                    ids, from, step.toMillis(), count, i -> some[i % SimulatedValues.DISTINCT]);
        }
        fill.merge();
        for (int day = 2; day <= 31; day++) {
            long from = today.minus(Duration.ofDays(day)).toEpochMilli();
            double[][] some = simulated.columns(from, HOUR, 24);
            fill.hours(ids, from, i -> some[i % SimulatedValues.DISTINCT]);
        }
        fill.merge();
        measure(service, report, "day_of_one_series", "a day of one series", 1, "");
        measure(
                service,
                report,
                "month_at_an_hour",
                "a month of one series at an hour",
                30,
                "&step=1h");
    }

    private void measure(
            BenchService service,
            BenchReport report,
            String key,
            String what,
            int days,
            String parameters)
            throws IOException {
        TimedReads reads = new TimedReads(service, requests, requests);
        statements.during(
                service,
                what,
                2 * requests,
                () -> reads.measure(key, what, n -> path(n, days, parameters), report));
    }

    private String path(int number, int days, String parameters) {
        int one = (int) ((number * 7919L) % series);
        return "/api/v1/metrics?cluster_id=read&node_id=node-"
                + one / 10
                + "&metric_name=metric-"
                + one % 10
                + "&from="
                + today.minus(Duration.ofDays(days))
                + "&to="
                + today
                + parameters;
    }
}

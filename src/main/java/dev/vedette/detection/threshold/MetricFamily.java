package dev.vedette.detection.threshold;

import dev.vedette.series.Series;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The usual kinds of metrics, recognised by name, unit and labels, because they share what is worth
 * an alarm. The first that fits counts, in the order of the constants: {@code
 * http_request_errors_total} is about errors before it is a counter.
 */
public enum MetricFamily {
    /** Failures, by number or share. */
    ERRORS,
    /** Totals that only rise, but for restarts; judged by their rate. */
    COUNTER,
    /** How long something takes. */
    LATENCY,
    /** Use of processors, load. */
    CPU,
    /** Use of memory. */
    MEMORY,
    /** Fill level of disks; their traffic is {@link #THROUGHPUT}. */
    DISK,
    /** Traffic of networks. */
    NETWORK,
    /** How much is done in a stretch of time. */
    THROUGHPUT,
    /** Anything else. */
    OTHER;

    private static final Set<String> FAILING =
            Set.of(
                    "error",
                    "errors",
                    "err",
                    "errs",
                    "failure",
                    "failures",
                    "failed",
                    "fail",
                    "exception",
                    "exceptions",
                    "5xx",
                    "4xx",
                    "dropped",
                    "drops",
                    "rejected",
                    "timeouts",
                    "retries",
                    "retransmits",
                    "crash",
                    "crashes");
    private static final Set<String> COUNTING = Set.of("total", "count", "sum", "bucket");
    private static final Set<String> LASTING =
            Set.of(
                    "latency",
                    "latencies",
                    "duration",
                    "rtt",
                    "elapsed",
                    "ttfb",
                    "delay",
                    "responsetime",
                    "lag");
    private static final Set<String> TIME_UNITS =
            Set.of(
                    "ms",
                    "s",
                    "us",
                    "ns",
                    "millis",
                    "milliseconds",
                    "seconds",
                    "microseconds",
                    "nanoseconds");
    private static final Set<String> AGES = Set.of("uptime", "age", "time", "timestamp", "cpu");
    private static final Set<String> PROCESSORS =
            Set.of("cpu", "cpus", "processor", "load", "load1", "load5", "load15", "iowait");
    private static final Set<String> MEMORIES =
            Set.of("memory", "mem", "heap", "rss", "swap", "ram", "workingset");
    private static final Set<String> DISKS =
            Set.of("disk", "disks", "filesystem", "fs", "volume", "inodes", "inode", "storage");
    private static final Set<String> TRAFFIC =
            Set.of("read", "reads", "write", "writes", "io", "iops", "ops", "written", "busy");
    private static final Set<String> NETWORKS =
            Set.of(
                    "network",
                    "net",
                    "rx",
                    "tx",
                    "bandwidth",
                    "packets",
                    "ingress",
                    "egress",
                    "eth0",
                    "ethernet",
                    "bits");
    private static final Set<String> RATES =
            Set.of(
                    "rps",
                    "qps",
                    "tps",
                    "rpm",
                    "iops",
                    "throughput",
                    "rate",
                    "requests",
                    "queries",
                    "messages",
                    "orders",
                    "events",
                    "ops",
                    "calls");
    private static final Set<String> STATUS_LABELS =
            Set.of("status", "code", "status_code", "http_status", "http_status_code");
    private static final Set<String> OUTCOME_LABELS = Set.of("outcome", "result", "level");

    /** Its name in the API. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The family of that name in the API. */
    public static Optional<MetricFamily> ofId(String id) {
        return Arrays.stream(values()).filter(family -> family.id().equals(id)).findFirst();
    }

    /** The family of that series. */
    public static MetricFamily of(Series series) {
        return of(
                series.key().metricName(), series.unit().orElse(""), series.key().labels().pairs());
    }

    /**
     * The family of a metric.
     *
     * @param metricName in any of the usual spellings: snake_case, camelCase, dotted, with blanks
     * @param unit as sent; empty when never said
     * @param labels of the series
     */
    public static MetricFamily of(String metricName, String unit, Map<String, String> labels) {
        Set<String> words = words(metricName);
        String measure = unit.toLowerCase(Locale.ROOT).strip();
        if (has(words, FAILING) || saysFailure(labels)) {
            return ERRORS;
        }
        if (isCounter(metricName)) {
            return COUNTER;
        }
        boolean perTime = isPerTime(measure);
        if (has(words, LASTING) || (TIME_UNITS.contains(measure) && !has(words, AGES))) {
            return LATENCY;
        }
        if (has(words, PROCESSORS)) {
            return CPU;
        }
        if (has(words, MEMORIES)) {
            return MEMORY;
        }
        if (has(words, DISKS)) {
            return perTime || has(words, TRAFFIC) ? THROUGHPUT : DISK;
        }
        if (has(words, NETWORKS)) {
            return NETWORK;
        }
        return perTime || has(words, RATES) ? THROUGHPUT : OTHER;
    }

    private static boolean isPerTime(String unit) {
        return unit.endsWith("/s")
                || unit.endsWith("/sec")
                || unit.endsWith("/min")
                || (unit.endsWith("ps") && unit.length() <= 4);
    }

    /** Whether a metric of that name only counts up, until its process starts again. */
    // Only as the last word: "count_active" is a level.
    public static boolean isCounter(String metricName) {
        String name = metricName.toLowerCase(Locale.ROOT);
        return COUNTING.stream().anyMatch(word -> name.endsWith("_" + word));
    }

    private static boolean saysFailure(Map<String, String> labels) {
        return labels.entrySet().stream()
                .anyMatch(label -> {
                    String name = label.getKey().toLowerCase(Locale.ROOT);
                    String value = label.getValue().toLowerCase(Locale.ROOT);
                    return (STATUS_LABELS.contains(name) && value.matches("[45](xx|\\d\\d)"))
                            || (OUTCOME_LABELS.contains(name) && FAILING.contains(value));
                });
    }

    private static boolean has(Set<String> words, Set<String> known) {
        return words.stream().anyMatch(known::contains);
    }

    /** The words of a name, in lower case. */
    private static Set<String> words(String name) {
        String apart =
                name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_")
                        .toLowerCase(Locale.ROOT);
        Set<String> words = new TreeSet<>(Arrays.asList(apart.split("[^a-z0-9]+", -1)));
        if (words.contains("response") && words.contains("time")) {
            words.add("responsetime");
        }
        if (words.contains("working") && words.contains("set")) {
            words.add("workingset");
        }
        return words;
    }
}

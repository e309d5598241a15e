package dev.vedette.aggregation;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How much a metric counts in the {@link AggregationStrategy#WEIGHTED} score of its node. */
@FunctionalInterface
public interface MetricWeights {
    /**
     * The weight of the metric of that name.
     *
     * @return finite, above 0
     */
    double weightOf(String metricName);

    /** Every metric counts the same; WEIGHTED then equals MEAN. */
    MetricWeights UNIFORM = metricName -> 1;

    /**
     * By what the metric tells of: 3 for what users feel (errors and latency), 2 for what is about
     * to hurt them (saturation of processor, memory, disk, queues), 1 for traffic and everything
     * else. The family is read from the words of the name, split at everything that is no letter or
     * digit: {@code p99_latency}, {@code http.errors}, {@code memory_used}; an error counts as an
     * error whatever else is in the name.
     *
     * <p>Source: the four golden signals, B. Beyer, C. Jones, J. Petoff, N. Murphy (ed.), "Site
     * Reliability Engineering" (2016), chapter 6. The book names the signals; the weights are ours.
     */
    MetricWeights GOLDEN_SIGNALS =
            metricName -> {
                Set<String> words =
                        Set.copyOf(
                                List.of(metricName.toLowerCase(Locale.ROOT).split("[^a-z0-9]+")));
                if (words.stream().anyMatch(GoldenSignal.FELT::contains)) {
                    return 3;
                }
                return words.stream().anyMatch(GoldenSignal.SATURATION::contains) ? 2 : 1;
            };

    /** The words by which a metric's family is known. */
    final class GoldenSignal {
        private static final Set<String> FELT =
                Set.of(
                        "error",
                        "errors",
                        "errs",
                        "failure",
                        "failures",
                        "failed",
                        "5xx",
                        "timeout",
                        "timeouts",
                        "dropped",
                        "latency",
                        "duration",
                        "response",
                        "delay");
        private static final Set<String> SATURATION =
                Set.of(
                        "cpu",
                        "mem",
                        "memory",
                        "disk",
                        "filesystem",
                        "swap",
                        "heap",
                        "queue",
                        "backlog",
                        "lag",
                        "load",
                        "saturation",
                        "utilization",
                        "usage");

        private GoldenSignal() {}
    }
}

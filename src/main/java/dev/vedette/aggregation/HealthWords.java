package dev.vedette.aggregation;

import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.explanation.MetricNames;
import dev.vedette.explanation.Phrases;
import dev.vedette.explanation.Quantities;
import dev.vedette.explanation.TimeWords;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The words behind a health score: "Memory on node-042 climbing; 3 of 40 nodes" for a cluster, "Two
 * things are wrong." for a tenant. Immutable and thread-safe.
 */
public final class HealthWords {
    private final Phrases phrases;
    private final MetricNames names;
    private final TimeWords times;

    /** Words in that language, times in that zone. */
    public HealthWords(Phrases phrases, ZoneId zone) {
        this.phrases = phrases;
        this.names = new MetricNames(phrases);
        this.times = new TimeWords(phrases, zone);
    }

    /**
     * The strangest thing in a cluster.
     *
     * @param kind what it is
     * @param metricName on which metric, as it is sent
     * @param nodeId on which node
     * @param upwards whether the value lies above the expected one
     */
    public record Finding(AnomalyKind kind, String metricName, String nodeId, boolean upwards) {}

    /**
     * How a cluster stands.
     *
     * @param nodes how many nodes it has, 0 or more
     * @param strangeNodes on how many of them something is strange now
     * @param worst the strangest open anomaly; empty when there is none
     * @param series how many series it has
     * @param readySeries how many of them have enough points for a verdict
     * @param silentSince when its last point came, if it has sent none for long enough to say so
     */
    public record ClusterState(
            int nodes,
            int strangeNodes,
            Optional<Finding> worst,
            int series,
            int readySeries,
            Optional<Instant> silentSince) {
        /**
         * Validates the counts.
         *
         * @throws IllegalArgumentException when a count is below 0 or a part above its whole
         */
        public ClusterState {
            requirePart("strange nodes", strangeNodes, nodes);
            requirePart("ready series", readySeries, series);
        }

        private static void requirePart(String what, int part, int whole) {
            if (part < 0 || part > whole) {
                throw new IllegalArgumentException(
                        what + " must be 0 to " + whole + ", are " + part);
            }
        }
    }

    /**
     * How a tenant stands.
     *
     * @param thingsWrong how many incidents, or anomalies that belong to none, are open, 0 or more
     * @param series how many series are watched, 0 or more
     * @param lastAlarm when the last anomaly began; empty when there never was one
     */
    public record TenantState(int thingsWrong, int series, Optional<Instant> lastAlarm) {
        /**
         * Validates the counts.
         *
         * @throws IllegalArgumentException when one is below 0
         */
        public TenantState {
            if (thingsWrong < 0 || series < 0) {
                throw new IllegalArgumentException(
                        "counts must be 0 or more, are " + thingsWrong + " and " + series);
            }
        }
    }

    /**
     * How the payments stand. Silence says nothing of them: scores are kept of flagged ones.
     *
     * @param accounts how many accounts had a payment flagged lately
     */
    public String payments(int accounts) {
        return phrases.say("health.payments", accounts);
    }

    /**
     * The words beside a cluster's score. In this order: no data, silent, the worst finding, still
     * learning, nothing strange.
     */
    public String cluster(ClusterState state, Instant now) {
        if (state.nodes() == 0) {
            return phrases.say("health.cluster.empty");
        }
        if (state.silentSince().isPresent()) {
            return phrases.say(
                    "health.cluster.silent", times.clock(state.silentSince().get(), now));
        }
        if (state.worst().isPresent()) {
            Finding worst = state.worst().get();
            return phrases.say(
                    keyOf(worst),
                    names.of(worst.metricName()),
                    worst.nodeId(),
                    Math.max(1, state.strangeNodes()),
                    state.nodes());
        }
        return state.readySeries() == 0
                ? phrases.say("health.cluster.learning", 0, state.series())
                : phrases.say("health.cluster.calm", state.nodes());
    }

    /** The first sentence of the overview: what is wrong, or that nothing is and since when. */
    public String headline(TenantState state, Instant now) {
        if (state.thingsWrong() == 1) {
            return phrases.say("health.wrong.one");
        }
        if (state.thingsWrong() > 1) {
            String inWords = "health.wrong." + state.thingsWrong();
            return phrases.has(inWords)
                    ? phrases.say(inWords)
                    : phrases.say("health.wrong.many", number(state.thingsWrong()));
        }
        if (state.series() == 0) {
            return phrases.say("health.empty");
        }
        String count = number(state.series());
        return state.lastAlarm()
                .map(at -> phrases.say("health.calm", state.series(), count, times.day(at, now)))
                .orElseGet(() -> phrases.say("health.calm.never", state.series(), count));
    }

    private static String keyOf(Finding finding) {
        String direction = finding.upwards() ? ".up" : ".down";
        return "health.cluster."
                + finding.kind().label()
                + switch (finding.kind()) {
                    case TREND, LEVEL_SHIFT -> direction;
                    case SPIKE, DIP, VARIANCE, SEASONAL, FLATLINE, MISSING, NORMAL, JOINT, PEER ->
                            "";
                };
    }

    private String number(int count) {
        return new Quantities(phrases, Optional.of("count"), Double.NaN, Double.NaN, count)
                .number(count);
    }
}

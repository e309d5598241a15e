package dev.vedette.alerting;

import dev.vedette.detection.AnomalySource;
import dev.vedette.detection.engine.Severity;
import dev.vedette.series.SeriesKey;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One condition on an incident, as a short text: {@code cluster=edge}, {@code node!=batch-*},
 * {@code severity>=warning}, {@code score>=0.9}, {@code source=metric}, {@code
 * label.team=payments}. A star stands for any text; there are no regular expressions, which a
 * tenant could make endless.
 *
 * <p>An incident touches several nodes, metrics and clusters: {@code =} asks whether any of them
 * fits, {@code !=} whether none does.
 *
 * @param field incident, cluster, node, metric, source, severity, score or label.NAME
 * @param comparison how
 * @param value with what
 */
public record Matcher(String field, Comparison comparison, String value) {
    private static final Pattern FORM =
            Pattern.compile(
                    "(incident|cluster|node|metric|source|severity|score|label\\..{1,128}?)(!=|>=|=)(.{0,256})");
    private static final Set<String> ORDERED = Set.of("severity", "score");

    /** How a field is held against a value. */
    public enum Comparison {
        /** Any value of the field fits. */
        IS("="),
        /** No value of the field fits. */
        IS_NOT("!="),
        /** The field is that high or higher. */
        AT_LEAST(">=");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        private static Comparison of(String sign) {
            return sign.equals("=") ? IS : sign.equals("!=") ? IS_NOT : AT_LEAST;
        }
    }

    /**
     * Validates the parts.
     *
     * @throws IllegalArgumentException when the comparison or value does not go with the field
     */
    public Matcher {
        if (comparison == Comparison.AT_LEAST && !ORDERED.contains(field)) {
            throw new IllegalArgumentException(">= goes with severity and score, not " + field);
        }
        if (field.equals("severity")) {
            severity(value);
        } else if (field.equals("score")) {
            share(value);
        }
    }

    /**
     * Reads the text of a matcher.
     *
     * @throws IllegalArgumentException when it is none; the message says what one looks like
     */
    public static Matcher parse(String text) {
        var found = FORM.matcher(text.strip());
        if (!found.matches()) {
            throw new IllegalArgumentException(
                    "a matcher is incident, cluster, node, metric, source, severity, score or label.NAME,"
                            + " then =, != or >=, then a value");
        }
        return new Matcher(found.group(1), Comparison.of(found.group(2)), found.group(3).strip());
    }

    /** The text it was read from. */
    public String text() {
        return field + comparison.sign + value;
    }

    /** Whether the incident fits. */
    public boolean matches(IncidentFacts incident) {
        return switch (field) {
            case "severity" -> compare(incident.severity().compareTo(severity(value)));
            case "score" -> compare(Double.compare(incident.score(), share(value)));
            case "incident" -> any(List.of(incident.id().toString()));
            case "cluster" -> any(incident.clusters());
            case "node" -> any(incident.nodes());
            case "metric" -> any(incident.metrics());
            case "source" -> any(List.of(incident.source()));
            default ->
                    any(
                            incident.labels()
                                    .getOrDefault(field.substring("label.".length()), Set.of()));
        };
    }

    /**
     * Whether incidents of a series alone may fit, as far as its place and labels tell: how grave
     * one is shows when it is there.
     */
    public boolean mayConcern(SeriesKey series) {
        return switch (field) {
            case "severity", "score" -> true;
            // one incident, not a series
            case "incident" -> false;
            case "cluster" -> any(List.of(series.clusterId()));
            case "node" -> any(List.of(series.nodeId()));
            case "metric" -> any(List.of(series.metricName()));
            case "source" -> any(List.of(AnomalySource.METRIC.label()));
            default -> {
                String label = series.labels().pairs().get(field.substring("label.".length()));
                yield any(label == null ? List.of() : List.of(label));
            }
        };
    }

    /** Whether all of them match; none at all match everything. */
    public static boolean all(List<Matcher> matchers, IncidentFacts incident) {
        return matchers.stream().allMatch(matcher -> matcher.matches(incident));
    }

    private boolean compare(int order) {
        return switch (comparison) {
            case IS -> order == 0;
            case IS_NOT -> order != 0;
            case AT_LEAST -> order >= 0;
        };
    }

    private boolean any(Collection<String> values) {
        boolean found = values.stream().anyMatch(one -> fits(one, value));
        return (comparison == Comparison.IS) == found;
    }

    /** Whether the text fits the pattern, in time proportional to their product. */
    private static boolean fits(String text, String pattern) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (at < text.length()) {
            if (in < pattern.length() && pattern.charAt(in) == '*') {
                star = in++;
                resume = at;
            } else if (in < pattern.length() && pattern.charAt(in) == text.charAt(at)) {
                in++;
                at++;
            } else if (star >= 0) {
                in = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        while (in < pattern.length() && pattern.charAt(in) == '*') {
            in++;
        }
        return in == pattern.length();
    }

    private static Severity severity(String text) {
        for (Severity severity : Severity.values()) {
            if (severity.label().equals(text.toLowerCase(Locale.ROOT))) {
                return severity;
            }
        }
        throw new IllegalArgumentException("severity is info, warning or critical, not " + text);
    }

    private static double share(String text) {
        try {
            double share = Double.parseDouble(text);
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("score is compared with a number from 0 to 1");
    }
}

package dev.vedette.explanation;

import dev.vedette.series.Labels;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What people call a metric: {@code cpu_usage} is "CPU", {@code memory_used} "Used memory", {@code
 * p99_latency} "p99 latency". A name the bundle does not know stays as it is. Immutable and
 * thread-safe.
 */
public final class MetricNames {
    private static final Pattern PERCENTILE = Pattern.compile("(p\\d{2,3})_([a-z]+)(?:_m?s)?");
    private final Phrases phrases;

    /** Names in that language. */
    public MetricNames(Phrases phrases) {
        this.phrases = phrases;
    }

    /** What people call the metric of that name. */
    public String of(String metricName) {
        String plain = metricName.toLowerCase(Locale.ROOT).replaceAll("[.\\- ]", "_");
        if (phrases.has("metric." + plain)) {
            return phrases.say("metric." + plain);
        }
        Matcher percentile = PERCENTILE.matcher(plain);
        if (percentile.matches() && phrases.has("metric.lowercase." + percentile.group(2))) {
            return phrases.say(
                    "metric.percentile",
                    percentile.group(1),
                    phrases.say("metric.lowercase." + percentile.group(2)));
        }
        return metricName;
    }

    /**
     * A name inside a sentence: "Used memory" is "used memory"; "CPU" stays, as all nouns do in
     * German.
     */
    public String inside(String name) {
        boolean isWord =
                !phrases.locale().getLanguage().equals("de")
                        && name.length() > 1
                        && Character.isLowerCase(name.charAt(1));
        return isWord ? Character.toLowerCase(name.charAt(0)) + name.substring(1) : name;
    }

    /** The same with the values of the labels that tell two such series apart, if there are any. */
    public String of(String metricName, Labels labels) {
        if (labels.pairs().isEmpty()) {
            return of(metricName);
        }
        return phrases.say(
                "metric.labelled",
                of(metricName),
                labels.pairs().entrySet().stream()
                        .map(label -> label.getKey() + " " + label.getValue())
                        .collect(Collectors.joining(", ")));
    }
}

package dev.vedette.explanation;

import dev.vedette.detection.Anomaly;
import dev.vedette.detection.AnomalyExplainer;
import dev.vedette.detection.AnomalyPlace;
import dev.vedette.detection.Company;
import dev.vedette.detection.Contribution;
import dev.vedette.detection.engine.AnomalyExplanation;
import dev.vedette.detection.engine.AnomalyExplanation.Evidence;
import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.series.MetricSeries;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says what an anomaly is: "CPU on api-05 jumped to 97 % at 20:15 for 4 min, 49 points above its
 * usual Tuesday-evening 31–48 %." What, how much, against what, since when. The same anomaly always
 * gives the same words, so they can be stored: times carry their day when that is not the day of
 * the anomaly's last point, never "today". Immutable and thread-safe.
 */
public final class Explainer implements AnomalyExplainer {
    /** Most metrics named as having moved with one. */
    private static final int MOST_COMPANY = 3;

    private static final int LEAST_NODES = 3;

    private final Phrases phrases;
    private final MetricNames names;
    private final TemplateRegistry templates;
    private final NodeWords nodes;

    /** An explainer in that language. */
    public Explainer(Phrases phrases) {
        this.phrases = phrases;
        this.names = new MetricNames(phrases);
        this.templates = new TemplateRegistry(phrases);
        this.nodes = new NodeWords(phrases);
    }

    @Override
    public String explain(
            AnomalyPlace place,
            AnomalyResult anomaly,
            List<Contribution> contributions,
            ZoneId zone) {
        return place.series()
                .map(series -> explain(series, anomaly, zone))
                .orElseGet(() ->
                        nodes.sentence(
                                place.nodeId(),
                                anomaly,
                                contributions,
                                new TimeWords(phrases, zone)));
    }

    @Override
    public String withCompany(String explanation, AnomalyPlace place, Company company) {
        return Stream.of(
                        Optional.of(explanation),
                        moved(company.metrics()),
                        nodes(place.clusterId(), company))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
    }

    private Optional<String> moved(List<SeriesKey> company) {
        List<String> others =
                company.stream()
                        .map(key -> names.of(key.metricName(), key.labels()))
                        .distinct()
                        .toList();
        if (others.isEmpty()) {
            return Optional.empty();
        }
        List<String> named = new ArrayList<>();
        for (String other : others.subList(0, Math.min(MOST_COMPANY, others.size()))) {
            named.add(named.isEmpty() ? other : names.inside(other));
        }
        String list = phrases.list(named, others.size() - named.size());
        return Optional.of(phrases.say("company", list));
    }

    /** Two others are no cluster to speak of. */
    private Optional<String> nodes(String cluster, Company company) {
        if (company.otherNodes() < LEAST_NODES) {
            return Optional.empty();
        }
        String key = company.strangeNodes() == 0 ? "company.alone" : "company.nodes";
        return Optional.of(phrases.say(key, company.strangeNodes(), company.otherNodes(), cluster));
    }

    /** One or two sentences on an anomaly of that series, times in that zone. */
    public String explain(Series series, AnomalyResult anomaly, ZoneId zone) {
        return sentence(series.key(), series.unit(), anomaly, zone, Optional.empty());
    }

    /**
     * What that anomaly is, with its evidence.
     *
     * @param key on which series
     * @param unit the unit of its values as sent, such as {@code percent} or {@code bytes}
     * @param zone the zone of the times in the words
     */
    public AnomalyExplanation explain(
            SeriesKey key, Optional<String> unit, AnomalyResult anomaly, ZoneId zone) {
        return explanation(unit, anomaly, sentence(key, unit, anomaly, zone, Optional.empty()));
    }

    /** What that stored anomaly is, with its evidence. */
    public AnomalyExplanation explain(Anomaly anomaly, ZoneId zone) {
        return explanation(
                anomaly.unit(),
                anomaly.result(),
                explain(anomaly.place(), anomaly.result(), anomaly.contributions(), zone));
    }

    /**
     * The same with the points at hand: of a value that climbs on it also says how fast.
     *
     * @param series the points, at least those of the anomaly; the unit is its metadata {@code
     *     unit}
     */
    public AnomalyExplanation explain(MetricSeries series, AnomalyResult anomaly, ZoneId zone) {
        Optional<String> unit = Optional.ofNullable(series.metadata().get("unit"));
        Optional<Double> slope =
                TemplateRegistry.isClimbing(anomaly)
                        ? Slope.perHour(series, anomaly.windowStart(), anomaly.windowEnd())
                        : Optional.empty();
        return explanation(unit, anomaly, sentence(series.key(), unit, anomaly, zone, slope));
    }

    private AnomalyExplanation explanation(
            Optional<String> unit, AnomalyResult anomaly, String sentence) {
        return new AnomalyExplanation(
                anomaly.label(),
                anomaly.kind(),
                sentence,
                anomaly.confidence(),
                evidence(unit, anomaly));
    }

    private String sentence(
            SeriesKey key,
            Optional<String> unit,
            AnomalyResult anomaly,
            ZoneId zone,
            Optional<Double> slope) {
        Quantities quantities = quantities(unit, anomaly);
        TimeWords times = new TimeWords(phrases, zone);
        Instant last = anomaly.windowEnd();
        Duration lasted = Duration.between(anomaly.windowStart(), last);
        return templates.fill(
                template(anomaly, slope),
                names.of(key.metricName(), key.labels()),
                key.nodeId(),
                quantities.amount(anomaly.observed()),
                quantities.range(),
                times.clock(anomaly.windowStart(), last),
                times.duration(lasted),
                quantities.number(anomaly.expected()),
                times.clock(anomaly.peakAt(), last),
                times.weekdays(anomaly.peakAt()),
                templates.times(anomaly),
                key.metricName(),
                quantities.number(anomaly.observed()),
                quantities.amount(Math.abs(slope.orElse(0.0))),
                toSpare(anomaly),
                quantities.beyond(anomaly.observed()),
                times.dayPart(anomaly.peakAt()));
    }

    private String template(AnomalyResult anomaly, Optional<Double> slope) {
        String key = templates.keyOf(anomaly);
        boolean climbsThere =
                slope.isPresent()
                        && ((key.equals("trend.up.open") && slope.get() > 0)
                                || (key.equals("trend.down.open") && slope.get() < 0));
        return climbsThere ? key.replace(".open", ".rate") : key;
    }

    private Quantities quantities(Optional<String> unit, AnomalyResult anomaly) {
        return new Quantities(phrases, unit, anomaly.lower(), anomaly.upper(), anomaly.observed());
    }

    /** How much of the way from the expected value to the band's end is left, in percent. */
    private String toSpare(AnomalyResult anomaly) {
        double used = Band.of(anomaly).halfWidths(anomaly.observed());
        double left = Double.isNaN(used) ? 0 : Math.max(0, 1 - used) * 100;
        return new Quantities(phrases, Optional.of("percent"), 0, 100, Math.rint(left))
                .amount(Math.rint(left));
    }

    private List<Evidence> evidence(Optional<String> unit, AnomalyResult anomaly) {
        Quantities quantities = quantities(unit, anomaly);
        return anomaly.evidence().entrySet().stream()
                .filter(channel -> channel.getValue() > 0)
                .sorted(
                        Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                .map(channel -> piece(channel.getKey(), channel.getValue(), quantities, anomaly))
                .toList();
    }

    private Evidence piece(
            String channel, double strength, Quantities quantities, AnomalyResult anomaly) {
        String known = phrases.has("evidence." + channel) ? channel : "other";
        boolean bandless = known.equals("point") && !Band.of(anomaly).isKnown();
        String seen =
                phrases.say(
                        "evidence." + known + (bandless ? ".bandless" : ""),
                        channel,
                        "",
                        quantities.amount(anomaly.observed()),
                        quantities.range());
        return new Evidence(channel, seen, Math.min(strength, 1));
    }
}

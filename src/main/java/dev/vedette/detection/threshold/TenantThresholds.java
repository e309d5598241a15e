package dev.vedette.detection.threshold;

import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.engine.DetectionSettings.Direction;
import dev.vedette.detection.threshold.EffectiveSettings.Field;
import dev.vedette.detection.threshold.EffectiveSettings.Origin;
import dev.vedette.series.Labels;
import dev.vedette.series.NodeKey;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesKey;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The rules of one tenant at one moment, ready to answer for any series and any node as a whole.
 * Resolution is field by field: of the rules that hold for the series the most specific that sets
 * the field, by {@link ThresholdScope#compareTo}, and of equally specific ones the one changed
 * last; then the safe default of the metric's family, then the service's. Cost: a scan of the rules
 * about the series' node, its cluster and the whole tenant. Immutable but for shared answers;
 * thread-safe.
 */
public final class TenantThresholds {
    private static final Comparator<ThresholdRule> MOST_SPECIFIC_FIRST =
            Comparator.comparing(ThresholdRule::scope)
                    .thenComparingLong(ThresholdRule::revision)
                    .reversed();

    /** Most kinds of series whose family is remembered; a label may be different on each series. */
    private static final int MOST_KINDS = 10_000;

    private record Place(Optional<String> cluster, Optional<String> node) {}

    private final Map<Place, List<ThresholdRule>> rules = new HashMap<>();

    /** What the family of a metric is told by. */
    private record Kind(String metricName, Optional<String> unit, Labels labels) {}

    // Taking a name apart costs more than all else of a resolution, and nodes share names.
    private final Map<Kind, MetricFamily> families = new ConcurrentHashMap<>();

    private final ZoneId zone;
    private final ServiceDefaults otherwise;

    // A million series share a handful of plans.
    private final Map<DetectionPlan, DetectionPlan> shared = new ConcurrentHashMap<>();

    /** With the rules of that tenant, in any order, and its zone. */
    public TenantThresholds(List<ThresholdRule> rules, ZoneId zone, ServiceDefaults otherwise) {
        for (ThresholdRule rule : rules) {
            Place place = new Place(rule.scope().clusterId(), rule.scope().nodeId());
            this.rules.computeIfAbsent(place, _ -> new ArrayList<>()).add(rule);
        }
        this.zone = zone;
        this.otherwise = otherwise;
    }

    /** Names the rules and the zone that are held: another text when one of them is another. */
    public String fingerprint() {
        return zone.getId()
                + rules.values().stream()
                        .flatMap(List::stream)
                        .map(rule -> " " + rule.name() + "@" + rule.revision())
                        .sorted()
                        .collect(Collectors.joining());
    }

    /** How the series is judged; equal answers are one object. */
    public DetectionPlan plan(Series series) {
        DetectionPlan plan = resolve(series).plan();
        DetectionPlan known = shared.putIfAbsent(plan, plan);
        return known == null ? plan : known;
    }

    /** What holds for the series, and where each field comes from. */
    public EffectiveSettings resolve(Series series) {
        return resolve(series, Optional.empty());
    }

    /**
     * The same as if that rule were stored, too, in place of one with its name.
     *
     * @param draft not stored
     */
    public EffectiveSettings resolve(Series series, Optional<ThresholdRule> draft) {
        MetricFamily family = family(series);
        return new Resolution(series, family, fitting(series.key(), family, draft)).effective();
    }

    private MetricFamily family(Series series) {
        SeriesKey key = series.key();
        Kind kind = new Kind(key.metricName(), series.unit(), key.labels());
        MetricFamily known = families.get(kind);
        if (known != null) {
            return known;
        }
        MetricFamily family = MetricFamily.of(series);
        if (families.size() < MOST_KINDS) {
            families.put(kind, family);
        }
        return family;
    }

    /** What holds for the node as a whole, and where it comes from. */
    public NodeThreshold resolve(NodeKey node) {
        return resolve(node, Optional.empty());
    }

    /**
     * The same as if that rule were stored, too, in place of one with its name.
     *
     * @param draft not stored
     */
    public NodeThreshold resolve(NodeKey node, Optional<ThresholdRule> draft) {
        for (ThresholdRule rule : fitting(node, draft, scope -> scope.holds(node))) {
            Optional<Double> set = rule.fields().anyThreshold(AlarmBudget.WHOLE_NODE);
            if (set.isPresent()) {
                return new NodeThreshold(set.get(), new Origin.Rule(rule.name()));
            }
        }
        return new NodeThreshold(otherwise.threshold(), new Origin.Service());
    }

    private List<ThresholdRule> fitting(
            SeriesKey key, MetricFamily family, Optional<ThresholdRule> draft) {
        return fitting(NodeKey.of(key), draft, scope -> scope.holds(key, family));
    }

    private List<ThresholdRule> fitting(
            NodeKey node, Optional<ThresholdRule> draft, Predicate<ThresholdScope> holds) {
        List<ThresholdRule> fitting = new ArrayList<>();
        if (!rules.isEmpty()) {
            collect(new Place(Optional.empty(), Optional.empty()), fitting);
            collect(new Place(Optional.of(node.clusterId()), Optional.empty()), fitting);
            collect(new Place(Optional.of(node.clusterId()), Optional.of(node.nodeId())), fitting);
        }
        draft.ifPresent(one -> {
            fitting.removeIf(rule -> rule.name().equals(one.name()));
            fitting.add(one);
        });
        fitting.removeIf(rule -> !holds.test(rule.scope()));
        fitting.sort(MOST_SPECIFIC_FIRST);
        return fitting;
    }

    private void collect(Place place, List<ThresholdRule> into) {
        into.addAll(rules.getOrDefault(place, List.of()));
    }

    private final class Resolution {
        private final Map<Field, Origin> origins = new EnumMap<>(Field.class);
        private final MetricFamily family;
        private final List<ThresholdRule> fitting;
        private final ThresholdFields safe;

        Resolution(Series series, MetricFamily family, List<ThresholdRule> fitting) {
            this.family = family;
            this.fitting = fitting;
            this.safe =
                    otherwise.familyDefaults()
                            ? FamilyDefaults.of(
                                    family, series.key().metricName(), series.unit().orElse(""))
                            : ThresholdFields.NONE;
        }

        EffectiveSettings effective() {
            DetectionSettings settings =
                    new DetectionSettings(
                            field(
                                    Field.THRESHOLD,
                                    fields -> fields.anyThreshold(AlarmBudget.SERIES),
                                    otherwise.threshold()),
                            field(Field.DIRECTION, ThresholdFields::direction, Direction.BOTH),
                            field(
                                    Field.MIN_ABSOLUTE_DEVIATION,
                                    ThresholdFields::minAbsoluteDeviation,
                                    0.0),
                            field(
                                    Field.MIN_RELATIVE_DEVIATION,
                                    ThresholdFields::minRelativeDeviation,
                                    0.0),
                            zone,
                            otherwise.holidays().in(zone));
            String engine =
                    field(
                            Field.ENGINE,
                            fields -> fields.engine().filter(otherwise.engines()::contains),
                            otherwise.engine());
            return new EffectiveSettings(new DetectionPlan(engine, settings), family, origins);
        }

        private <T> T field(
                Field field, Function<ThresholdFields, Optional<T>> of, T serviceDefault) {
            for (ThresholdRule rule : fitting) {
                Optional<T> set = of.apply(rule.fields());
                if (set.isPresent()) {
                    origins.put(field, new Origin.Rule(rule.name()));
                    return set.get();
                }
            }
            Optional<T> safeDefault = of.apply(safe);
            origins.put(
                    field,
                    safeDefault.isPresent()
                            ? new Origin.FamilyDefault(family)
                            : new Origin.Service());
            return safeDefault.orElse(serviceDefault);
        }
    }
}

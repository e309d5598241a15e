package dev.vedette.transaction.feature;

import static dev.vedette.transaction.feature.FeatureFunction.AMOUNT_Z;
import static dev.vedette.transaction.feature.FeatureFunction.BURST;
import static dev.vedette.transaction.feature.FeatureFunction.COUNT;
import static dev.vedette.transaction.feature.FeatureFunction.DISTINCT;
import static dev.vedette.transaction.feature.FeatureFunction.FIRST_SEEN;
import static dev.vedette.transaction.feature.FeatureFunction.HOUR_SURPRISE;
import static dev.vedette.transaction.feature.FeatureFunction.RATIO_TO_MEAN;
import static dev.vedette.transaction.feature.FeatureFunction.SINCE_LAST;
import static dev.vedette.transaction.feature.FeatureFunction.SUM;
import static dev.vedette.transaction.feature.FeatureFunction.SURPRISE;
import static dev.vedette.transaction.feature.FeatureWindow.DAY;
import static dev.vedette.transaction.feature.FeatureWindow.FIVE_MINUTES;
import static dev.vedette.transaction.feature.FeatureWindow.HOUR;
import static dev.vedette.transaction.feature.FeatureWindow.MONTH;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The features of a tenant, in order: a row of features has one number for each.
 *
 * @param specs 1 to {@value #MOST}, of different names
 */
public record FeatureSet(List<FeatureSpec> specs) {
    /** Most features of a tenant. */
    public static final int MOST = 100;

    /** Most different entities that features are kept of. */
    public static final int MOST_ENTITIES = 8;

    /** What a tenant has that declared nothing: good for card payments and transfers. */
    public static final FeatureSet STANDARD =
            new FeatureSet(
                    List.of(
                            FeatureSpec.judged("amount_z", AMOUNT_Z, "account"),
                            FeatureSpec.judged("country_surprise", SURPRISE, "account", "country"),
                            FeatureSpec.judged("channel_surprise", SURPRISE, "account", "channel"),
                            FeatureSpec.judged(
                                    "merchant_surprise", SURPRISE, "account", "merchant"),
                            FeatureSpec.judged("hour_surprise", HOUR_SURPRISE, "account"),
                            FeatureSpec.judged("burst_5m", BURST, "account", FIVE_MINUTES),
                            FeatureSpec.judged("burst_1h", BURST, "account", HOUR),
                            FeatureSpec.judged("merchant_burst_24h", BURST, "merchant", DAY),
                            FeatureSpec.known("count_5m", COUNT, "account", FIVE_MINUTES),
                            FeatureSpec.known("count_1h", COUNT, "account", HOUR),
                            FeatureSpec.known("count_24h", COUNT, "account", DAY),
                            FeatureSpec.known("sum_1h", SUM, "account", HOUR),
                            FeatureSpec.known("sum_24h", SUM, "account", DAY),
                            FeatureSpec.known("ratio_to_mean_30d", RATIO_TO_MEAN, "account", MONTH),
                            new FeatureSpec("since_last", SINCE_LAST, "account", null, null, false),
                            new FeatureSpec(
                                    "new_country", FIRST_SEEN, "account", null, "country", false),
                            new FeatureSpec(
                                    "new_merchant", FIRST_SEEN, "account", null, "merchant", false),
                            new FeatureSpec(
                                    "countries_24h", DISTINCT, "account", DAY, "country", false),
                            new FeatureSpec(
                                    "merchant_accounts_24h",
                                    DISTINCT,
                                    "merchant",
                                    DAY,
                                    "account",
                                    false)));

    /**
     * Copies and checks the declarations.
     *
     * @throws IllegalArgumentException when there are none or too many, two have one name, or they
     *     are about too many entities
     */
    public FeatureSet {
        specs = List.copyOf(specs);
        if (specs.isEmpty() || specs.size() > MOST) {
            throw new IllegalArgumentException(
                    "1 to " + MOST + " features can be declared, not " + specs.size());
        }
        Set<String> names = new HashSet<>();
        Set<String> entities = new HashSet<>();
        for (FeatureSpec spec : specs) {
            if (!names.add(spec.name())) {
                throw new IllegalArgumentException("two features are named " + spec.name());
            }
            if (spec.entity() != null) {
                entities.add(spec.entity());
            }
        }
        if (entities.size() > MOST_ENTITIES) {
            throw new IllegalArgumentException(
                    "features are kept of at most %d entities, not of %d: %s"
                            .formatted(MOST_ENTITIES, entities.size(), entities));
        }
    }

    /** Their names, in order. */
    public List<String> names() {
        return specs.stream().map(FeatureSpec::name).toList();
    }

    /** How many there are. */
    public int size() {
        return specs.size();
    }

    /** The number of that name in a row of these features; not a number when there is none. */
    public double value(double[] row, String name) {
        for (int i = 0; i < row.length; i++) {
            if (specs.get(i).name().equals(name)) {
                return row[i];
            }
        }
        return Double.NaN;
    }

    /** Fields that name the entities of judged features, each once, in order. */
    public List<String> judgedEntities() {
        return specs.stream()
                .filter(FeatureSpec::judged)
                .map(FeatureSpec::entity)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** Positions of the judged ones, ascending. */
    public int[] judged() {
        int[] all = new int[size()];
        int count = 0;
        for (int i = 0; i < all.length; i++) {
            if (specs.get(i).judged()) {
                all[count++] = i;
            }
        }
        return Arrays.copyOf(all, count);
    }

    /** A number that differs where declarations differ: what a stored state belongs to. */
    public long fingerprint() {
        return ValueTable.hash(specs.toString());
    }
}

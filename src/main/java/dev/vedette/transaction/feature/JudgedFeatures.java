package dev.vedette.transaction.feature;

import dev.vedette.transaction.model.FeatureRows;
import dev.vedette.transaction.model.ModelReader;
import dev.vedette.transaction.model.ModelWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The features that a model judges, and where they stand in the rows of a tenant. The tenant may
 * declare more beside them: a model goes on as long as its own are still computed.
 */
public final class JudgedFeatures {
    private final List<FeatureSpec> specs;
    private final int[] places;

    private JudgedFeatures(List<FeatureSpec> specs, int[] places) {
        this.specs = specs;
        this.places = places;
    }

    /**
     * Those of these names, in their order, whether declared as judged or not.
     *
     * @param names at least one, all declared
     */
    public static JudgedFeatures named(FeatureSet features, List<String> names) {
        int[] places = names.stream().mapToInt(name -> features.names().indexOf(name)).toArray();
        return at(features, places);
    }

    private static JudgedFeatures at(FeatureSet features, int[] places) {
        return new JudgedFeatures(
                Arrays.stream(places).mapToObj(place -> features.specs().get(place)).toList(),
                places);
    }

    /**
     * Those that are declared as judged.
     *
     * @throws IllegalArgumentException when there are none
     */
    public static JudgedFeatures of(FeatureSet features) {
        int[] places = features.judged();
        if (places.length == 0) {
            throw new IllegalArgumentException("no feature is declared as judged");
        }
        return at(features, places);
    }

    /** How many there are, 1 or more. */
    public int size() {
        return places.length;
    }

    /** One of them. */
    public FeatureSpec spec(int number) {
        return specs.get(number);
    }

    /** Fields that name their entities, each once, in order. */
    public List<String> entities() {
        return specs.stream().map(FeatureSpec::entity).filter(Objects::nonNull).distinct().toList();
    }

    /** Their numbers in a row of all features. */
    public double[] of(double[] row) {
        double[] seen = new double[places.length];
        for (int k = 0; k < seen.length; k++) {
            seen[k] = row[places[k]];
        }
        return seen;
    }

    /** Their numbers in rows of all features. */
    public FeatureRows of(FeatureRows rows) {
        double[] values = new double[rows.count() * places.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = rows.at(i / places.length, places[i % places.length]);
        }
        return new FeatureRows(places.length, values);
    }

    /** Appends itself. */
    public void write(ModelWriter out) {
        out.number(specs.size());
        specs.forEach(spec -> spec.write(out));
    }

    /**
     * What {@link #write} wrote, found again among the features of a tenant.
     *
     * @throws dev.vedette.detection.engine.CorruptSnapshotException when one is not there, or is
     *     computed otherwise; the message names it
     */
    public static JudgedFeatures read(FeatureSet features, ModelReader in) {
        int count = in.number(1, FeatureSet.MOST);
        FeatureSpec[] specs = new FeatureSpec[count];
        int[] places = new int[count];
        for (int k = 0; k < count; k++) {
            FeatureSpec spec = FeatureSpec.read(in);
            specs[k] = spec;
            places[k] = place(features, spec);
            if (places[k] < 0) {
                throw in.corrupt(
                        "it judges by the feature %s, which is not declared as it was"
                                .formatted(spec.name()));
            }
        }
        return new JudgedFeatures(List.of(specs), places);
    }

    private static int place(FeatureSet features, FeatureSpec wanted) {
        for (int i = 0; i < features.size(); i++) {
            if (features.specs().get(i).isComputedAs(wanted)) {
                return i;
            }
        }
        return -1;
    }
}

package dev.vedette.transaction.decision;

import dev.vedette.transaction.model.FeatureRows;
import dev.vedette.transaction.model.ModelReader;
import dev.vedette.transaction.model.ModelWriter;
import dev.vedette.transaction.model.TailCalibration;
import java.util.ArrayList;
import java.util.List;

/**
 * The statistics: how rarely each judged feature is as large, and how rarely all of them together
 * are as rare. The sum of minus the logarithms of tail probabilities: R. A. Fisher's way to combine
 * tests ("Statistical Methods for Research Workers", 1925, section 21.1), whose law we take from
 * data, as features depend on each other.
 */
final class FeatureTails {
    private final List<TailCalibration> features;
    private final TailCalibration together;

    private FeatureTails(List<TailCalibration> features, TailCalibration together) {
        this.features = List.copyOf(features);
        this.together = together;
    }

    static FeatureTails fit(FeatureRows judged) {
        List<TailCalibration> features = new ArrayList<>();
        double[] column = new double[judged.count()];
        for (int k = 0; k < judged.width(); k++) {
            for (int i = 0; i < column.length; i++) {
                column[i] = judged.at(i, k);
            }
            features.add(TailCalibration.of(column));
        }
        double[] sums = new double[judged.count()];
        for (int k = 0; k < judged.width(); k++) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += features.get(k).rarity(judged.at(i, k));
            }
        }
        return new FeatureTails(features, TailCalibration.of(sums));
    }

    /** The rarities of all features of rows: one unit for all, large where a feature is strange. */
    FeatureRows rarities(FeatureRows judged) {
        double[] values = new double[judged.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = features.get(i % judged.width()).rarity(judged.values()[i]);
        }
        return new FeatureRows(judged.width(), values);
    }

    int width() {
        return features.size();
    }

    /**
     * The sum of the features' rarities.
     *
     * @param rarities filled with those of each feature
     */
    double sum(double[] judged, double[] rarities) {
        double sum = 0;
        for (int k = 0; k < judged.length; k++) {
            rarities[k] = features.get(k).rarity(judged[k]);
            sum += rarities[k];
        }
        return sum;
    }

    /** How rare such a sum is. */
    double rarity(double sum) {
        return together.rarity(sum);
    }

    void write(ModelWriter out) {
        out.number(features.size());
        features.forEach(feature -> feature.write(out));
        together.write(out);
    }

    static FeatureTails read(ModelReader in) {
        int count = in.number(1, FeatureRows.MOST_WIDTH);
        List<TailCalibration> features = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            features.add(TailCalibration.read(in));
        }
        return new FeatureTails(features, TailCalibration.read(in));
    }
}

package dev.vedette.transaction.decision;

import dev.vedette.detection.engine.SnapshotEnvelope;
import dev.vedette.transaction.feature.FeatureSet;
import dev.vedette.transaction.feature.JudgedFeatures;
import dev.vedette.transaction.model.BroughtModel;
import dev.vedette.transaction.model.FeatureRows;
import dev.vedette.transaction.model.ModelEnsemble;
import dev.vedette.transaction.model.ModelReader;
import dev.vedette.transaction.model.ModelWriter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What looks at the features of a transaction together, at work. */
sealed interface Together {
    /**
     * What each model says: minus the decimal logarithm of how often transactions are at least as
     * strange, 0 to 12.
     *
     * @param row all features
     * @param rarities of the judged ones
     */
    double[] rarities(double[] row, double[] rarities);

    /**
     * Names of at most so many features that the rarity comes from, the largest share first.
     *
     * @param byModel what each model says of the row, as {@link #rarities} gave it
     */
    List<String> names(
            double[] row, double[] rarities, double[] byModel, JudgedFeatures judged, int most);

    /** Appends itself. */
    ModelWriter write(ModelWriter out);

    /** Our own models: they look at rarities of judged features, which have one unit. */
    record Learnt(ModelEnsemble models) implements Together {
        @Override
        public double[] rarities(double[] row, double[] rarities) {
            return models.rarities(rarities);
        }

        @Override
        public List<String> names(
                double[] row,
                double[] rarities,
                double[] byModel,
                JudgedFeatures judged,
                int most) {
            double[] shares = new double[rarities.length];
            models.contributions(rarities, byModel, shares);
            return named(judged, shares, most);
        }

        @Override
        public ModelWriter write(ModelWriter out) {
            return out.block(models.toBytes());
        }
    }

    /** A brought one: it looks at features as they are, those it was made for. */
    record Brought(JudgedFeatures inputs, BroughtModel model) implements Together {
        @Override
        public double[] rarities(double[] row, double[] rarities) {
            return new double[] {model.rarity(inputs.of(row))};
        }

        @Override
        public List<String> names(
                double[] row,
                double[] rarities,
                double[] byModel,
                JudgedFeatures judged,
                int most) {
            double[] shares = new double[inputs.size()];
            model.contributions(inputs.of(row), shares);
            return named(inputs, shares, most);
        }

        @Override
        public ModelWriter write(ModelWriter out) {
            out.block(model.toBytes());
            inputs.write(out);
            return out;
        }
    }

    /**
     * Learns, or calibrates what was brought.
     *
     * @param rows all features
     * @param rarities of the judged ones
     */
    static Together fit(
            ModelSource source,
            FeatureSet features,
            FeatureRows rows,
            FeatureRows rarities,
            long seed) {
        return switch (source) {
            case ModelSource.Learnt(var kinds) ->
                    new Learnt(ModelEnsemble.fit(kinds, rarities, seed));
            case ModelSource.Brought(var names, var brought) -> {
                JudgedFeatures inputs = JudgedFeatures.named(features, names);
                yield new Brought(inputs, BroughtModel.calibrate(brought, inputs.of(rows)));
            }
        };
    }

    /**
     * What {@link #write} wrote.
     *
     * @param width of the judged features
     * @throws dev.vedette.detection.engine.CorruptSnapshotException when it is of others, or a
     *     brought model cannot be run here
     */
    static Together read(ModelReader in, FeatureSet features, int width) {
        byte[] block = in.block();
        if (SnapshotEnvelope.isOf(BroughtModel.OWNER, block)) {
            JudgedFeatures inputs = JudgedFeatures.read(features, in);
            BroughtModel model = BroughtModel.restore(block);
            if (model.width() != inputs.size()) {
                throw in.corrupt("its model looks at other than " + inputs.size() + " features");
            }
            return new Brought(inputs, model);
        }
        ModelEnsemble models = ModelEnsemble.restore(block);
        if (models.width() != width) {
            throw in.corrupt("it judges other than " + width + " features");
        }
        return new Learnt(models);
    }

    private static List<String> named(JudgedFeatures of, double[] shares, int most) {
        return IntStream.range(0, shares.length)
                .boxed()
                .filter(k -> shares[k] > 0)
                .sorted(Comparator.comparingDouble((Integer k) -> -shares[k]))
                .limit(most)
                .map(k -> of.spec(k).name())
                .toList();
    }
}

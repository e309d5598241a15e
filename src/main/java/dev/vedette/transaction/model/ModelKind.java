package dev.vedette.transaction.model;

import java.util.Arrays;
import java.util.Optional;

/** The algorithms there are, each with settings that need no tuning. */
public enum ModelKind {
    /** {@link IsolationForest}. */
    ISOLATION_FOREST("isolation-forest"),
    /** {@link NearestNeighbours}. */
    NEAREST_NEIGHBOURS("nearest-neighbours"),
    /** {@link LocalOutlierFactor}. */
    LOCAL_OUTLIER_FACTOR("local-outlier-factor"),
    /** {@link Autoencoder}. */
    AUTOENCODER("autoencoder"),
    /** {@link EmpiricalTails}. */
    EMPIRICAL_TAILS("ecod");

    private final String id;

    ModelKind(String id) {
        this.id = id;
    }

    /** Its name in settings, answers and files. */
    public String id() {
        return id;
    }

    /** The kind of that name, if there is one. */
    public static Optional<ModelKind> find(String id) {
        return Arrays.stream(values()).filter(kind -> kind.id.equals(id)).findFirst();
    }

    /**
     * Learns the rows.
     *
     * @param rows 2 or more
     * @param seed the same seed and rows give the same model
     * @throws IllegalArgumentException when there is one row only
     */
    public OutlierModel fit(FeatureRows rows, long seed) {
        if (rows.count() < 2) {
            throw new IllegalArgumentException("a model needs 2 rows, has " + rows.count());
        }
        return switch (this) {
            case ISOLATION_FOREST -> IsolationForest.fit(rows, seed);
            case NEAREST_NEIGHBOURS -> NearestNeighbours.fit(rows, seed);
            case LOCAL_OUTLIER_FACTOR -> LocalOutlierFactor.fit(rows, seed);
            case AUTOENCODER -> Autoencoder.fit(rows, seed);
            case EMPIRICAL_TAILS -> EmpiricalTails.fit(rows);
        };
    }

    /**
     * A model of this kind from its bytes.
     *
     * @throws dev.vedette.detection.engine.CorruptSnapshotException when they are cut off, damaged,
     *     or of another kind or version
     */
    public OutlierModel restore(byte[] bytes) {
        ModelReader in = ModelReader.open(this, bytes);
        OutlierModel model =
                switch (this) {
                    case ISOLATION_FOREST -> IsolationForest.read(in);
                    case NEAREST_NEIGHBOURS -> NearestNeighbours.read(in);
                    case LOCAL_OUTLIER_FACTOR -> LocalOutlierFactor.read(in);
                    case AUTOENCODER -> Autoencoder.read(in);
                    case EMPIRICAL_TAILS -> EmpiricalTails.read(in);
                };
        in.end();
        return model;
    }
}

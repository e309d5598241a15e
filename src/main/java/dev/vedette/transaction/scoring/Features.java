package dev.vedette.transaction.scoring;

import dev.vedette.transaction.feature.FeatureSet;
import dev.vedette.transaction.feature.FeatureSpec;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The features that are kept of every tenant's accounts. */
@ApplicationScoped
public class Features {
    /** What is kept. */
    public FeatureSet set() {
        return FeatureSet.STANDARD;
    }

    /** Their names, in order. */
    public List<String> names() {
        return set().specs().stream().map(FeatureSpec::name).toList();
    }
}

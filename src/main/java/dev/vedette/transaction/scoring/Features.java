package dev.vedette.transaction.scoring;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The features that are kept of every tenant's accounts. */
@ApplicationScoped
public class Features {
    /** Their names, in order. */
    public List<String> names() {
        return List.of();
    }
}

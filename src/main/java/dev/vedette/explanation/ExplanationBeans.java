package dev.vedette.explanation;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the framework-free parts of explanation together. */
final class ExplanationBeans {
    @Produces
    @Singleton
    Explainer explainer() {
        return new Explainer(Phrases.ENGLISH);
    }
}

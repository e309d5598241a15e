package dev.vedette.http;

import java.util.Optional;

/**
 * Tells the edge what a feature's failure means to a caller. The edge knows no feature; each bean
 * of this type is asked for what the edge does not know.
 */
public interface FailureTranslator {
    /** The refusal to answer; empty when the failure is not one this knows. */
    Optional<ProblemException> translate(Throwable failure);
}

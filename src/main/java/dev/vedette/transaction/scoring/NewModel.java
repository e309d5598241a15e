package dev.vedette.transaction.scoring;

import java.util.Map;

/**
 * A model that is to become a version.
 *
 * @param kind what it is made of
 * @param parameters what it was trained by
 * @param metrics how it did in its trial, and on how much
 * @param artefact its bytes; handed over
 * @param author who had it trained
 */
@SuppressWarnings("ArrayRecordComponent") // models are never compared
public record NewModel(
        String kind,
        Map<String, String> parameters,
        Map<String, Double> metrics,
        byte[] artefact,
        String author) {
    /** Copies the maps. */
    public NewModel {
        parameters = Map.copyOf(parameters);
        metrics = Map.copyOf(metrics);
    }
}

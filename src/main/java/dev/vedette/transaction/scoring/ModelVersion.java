package dev.vedette.transaction.scoring;

import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A model that was trained for a tenant.
 *
 * @param version from 1, without gaps
 * @param kind what it is made of
 * @param state where it stands
 * @param parameters what it was trained by
 * @param metrics how it did in its trial, and on how much
 * @param author who had it trained
 * @param createdAt when
 * @param changedAt when its state last changed
 * @param note why its state last changed; empty when a person changed it
 * @param mlflowVersion its number in MLflow's registry; empty until it is there
 */
public record ModelVersion(
        int version,
        String kind,
        State state,
        SortedMap<String, String> parameters,
        SortedMap<String, Double> metrics,
        String author,
        Instant createdAt,
        Instant changedAt,
        String note,
        Optional<String> mlflowVersion) {
    /** Where a model stands. */
    public enum State {
        /** Trained; does nothing. */
        REGISTERED,
        /** Scores beside the promoted one; its scores are told only. */
        SHADOW,
        /** Decides. */
        PROMOTED,
        /** Decided once. */
        RETIRED;

        /** The state in the API and in the database: the name in lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Copies the maps. */
    public ModelVersion {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(Map.copyOf(parameters)));
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(Map.copyOf(metrics)));
    }
}

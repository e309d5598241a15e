package dev.vedette.transaction.scoring;

import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A model that was trained for a tenant.
 *
 * @param version from 1, without gaps
 * @param kind what it is made of
 * @param state where it stands
 * @param metrics how it did in its trial, and on how much
 * @param author who had it trained
 * @param createdAt when
 * @param changedAt when its state last changed
 */
public record ModelVersion(
        int version,
        String kind,
        State state,
        SortedMap<String, Double> metrics,
        String author,
        Instant createdAt,
        Instant changedAt) {
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

    /** Copies the metrics. */
    public ModelVersion {
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(Map.copyOf(metrics)));
    }
}

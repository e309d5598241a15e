package dev.vedette.aggregation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a score is about, from the single series to everything a tenant has. */
public enum ScoreLevel {
    /** One series. */
    METRIC,
    /** One node. */
    NODE,
    /** One cluster with all its nodes. */
    CLUSTER,
    /** Everything a tenant has. */
    TENANT,
    /** One merchant, by the payments to it. */
    MERCHANT,
    /** Everything of one source, metrics or payments: its cluster is the source's name. */
    SOURCE;

    /** The level in the API and in the database: the name in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The level of that label; empty when there is none. */
    public static Optional<ScoreLevel> ofLabel(String label) {
        return Arrays.stream(values()).filter(level -> level.label().equals(label)).findFirst();
    }
}

package dev.vedette.detection;

import java.util.Locale;

/** What an anomaly was found in. */
public enum AnomalySource {
    /** The points of a metric, or of all metrics of a node. */
    METRIC,
    /** A payment that was not simply approved. */
    TRANSACTION;

    /** The cluster that stands for all payments: its nodes are the accounts. */
    public static final String PAYMENTS = "transactions";

    /** The source in the API and in the database: the name in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

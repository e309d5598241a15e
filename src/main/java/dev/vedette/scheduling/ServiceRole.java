package dev.vedette.scheduling;

/** What a process of the service does; one process may have all roles. */
public enum ServiceRole {
    /** Ingestion, queries, dashboard. */
    API,
    /** Detection, roll-ups, retention. */
    WORKER,
    /** Alert delivery. */
    NOTIFIER
}

package dev.vedette.incident;

import dev.vedette.detection.engine.Severity;
import dev.vedette.tenant.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A stored incident.
 *
 * @param tenant whose
 * @param id made from its first anomaly
 * @param title what and where, in a few plain words
 * @param status where it stands
 * @param origin where it most likely began
 * @param score highest of its anomalies, in [0,1]
 * @param startedAt first anomalous point
 * @param lastAt last anomalous point so far
 * @param nodes how many nodes are affected, at least 1
 * @param metrics how many different metrics are
 * @param anomalies how many anomalies it has, at least 1
 * @param open how many of them go on
 * @param acknowledged who took it, and when; empty when nobody has since it last began
 * @param resolved who said that it is over, and when; empty when nobody did
 * @param mergedInto the incident it became part of
 * @param version counts changes, from 1
 * @param createdAt when it was first stored
 * @param changedAt when it last changed
 */
public record Incident(
        TenantId tenant,
        UUID id,
        String title,
        IncidentStatus status,
        SuspectedOrigin origin,
        double score,
        Instant startedAt,
        Instant lastAt,
        int nodes,
        int metrics,
        int anomalies,
        int open,
        Optional<Deed> acknowledged,
        Optional<Deed> resolved,
        Optional<UUID> mergedInto,
        long version,
        Instant createdAt,
        Instant changedAt) {
    /** Who did it, and when. */
    public record Deed(String actor, Instant at) {}

    /** How urgent. */
    public Severity severity() {
        return Severity.of(score);
    }
}

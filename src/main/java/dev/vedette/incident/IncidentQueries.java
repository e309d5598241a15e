package dev.vedette.incident;

import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Stored incidents, as a tenant sees them. */
public interface IncidentQueries {
    /**
     * Which incidents are meant; an absent part means any.
     *
     * @param from only those with an anomalous point at or after
     * @param to only those that started before
     * @param clusterId only those that touch that cluster
     * @param minScore lowest score, in [0,1]
     * @param status one of these; empty: all but merged and withdrawn ones
     */
    record Filter(
            Optional<Instant> from,
            Optional<Instant> to,
            Optional<String> clusterId,
            double minScore,
            Set<IncidentStatus> status) {
        /** Copies the set. */
        public Filter {
            status = Set.copyOf(status);
        }

        /** All that are incidents of their own. */
        public static final Filter ALL =
                new Filter(Optional.empty(), Optional.empty(), Optional.empty(), 0, Set.of());
    }

    /** A place in the order newest first: by start, then id, both descending. */
    record Position(Instant startedAt, UUID id) {}

    /**
     * An incident and what belongs to it.
     *
     * @param incident the incident
     * @param symptoms its anomalies by onset, at most {@value #MOST_SYMPTOMS}
     * @param actions what people did, oldest first, at most {@value #MOST_ACTIONS}
     */
    record Detail(Incident incident, List<Symptom> symptoms, List<IncidentAction> actions) {
        /** Most anomalies of one answer. */
        public static final int MOST_SYMPTOMS = 1000;

        /** Most actions of one answer. */
        public static final int MOST_ACTIONS = 500;

        /** Copies both. */
        public Detail {
            symptoms = List.copyOf(symptoms);
            actions = List.copyOf(actions);
        }
    }

    /**
     * The tenant's incidents that fit, newest first.
     *
     * @param after only those after that place in the order; empty from the start
     * @param limit most incidents, 1 to 1000
     */
    Uni<List<Incident>> list(TenantId tenant, Filter filter, Optional<Position> after, int limit);

    /** The tenant's incident of that id. */
    Uni<Optional<Detail>> find(TenantId tenant, UUID id);

    /**
     * Notes what a person did, and does it. Doing again what is done changes nothing but the
     * timeline.
     *
     * @return the incident after it; empty when there is none of that id
     */
    Uni<Optional<Incident>> act(TenantId tenant, UUID id, IncidentAction action);
}

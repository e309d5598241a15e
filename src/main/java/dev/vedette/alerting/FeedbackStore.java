package dev.vedette.alerting;

import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What people said of incidents. Nothing of it changes detection by itself. */
public interface FeedbackStore {
    /**
     * What the newest word about some anomalies of an incident says of their series.
     *
     * @param incident which
     * @param verdict the newest
     * @param at when it was said
     * @param clusterId where
     * @param nodeId where
     * @param metricName which metric; empty when the node as a whole was unusual
     * @param engine what found it
     * @param score its highest score, in [0,1]
     */
    record Concern(
            UUID incident,
            Feedback.Verdict verdict,
            Instant at,
            String clusterId,
            String nodeId,
            Optional<String> metricName,
            String engine,
            double score) {
        /** The same with another word. */
        Concern with(Feedback.Verdict other) {
            return new Concern(incident, other, at, clusterId, nodeId, metricName, engine, score);
        }

        /** Whether both are about the same series in the same incident. */
        boolean isAbout(Concern other) {
            return incident.equals(other.incident)
                    && clusterId.equals(other.clusterId)
                    && nodeId.equals(other.nodeId)
                    && metricName.equals(other.metricName);
        }
    }

    /**
     * What became of a suggestion.
     *
     * @param decision applied or dismissed
     * @param by who decided
     * @param at when
     */
    record Decision(String decision, String by, Instant at) {
        /** Whether it became a rule. */
        public boolean isApplied() {
            return decision.equals("applied");
        }
    }

    /** A place in the order newest first. */
    record Position(Instant at, UUID id) {}

    /**
     * Notes it, once.
     *
     * @return whether there is such an incident
     */
    Uni<Boolean> add(TenantId tenant, Feedback feedback);

    /**
     * Takes that word back.
     *
     * @return whether there was one that holds
     */
    Uni<Boolean> withdraw(TenantId tenant, UUID id, Instant at);

    /** The newest word about that: of an anomaly, also one about all of its incident. */
    Uni<Optional<Feedback>> newest(TenantId tenant, Feedback.Subject about);

    /** The tenant's feedback but what was taken back, newest first. */
    Uni<List<Feedback>> list(TenantId tenant, Optional<Position> after, int limit);

    /** What was said since then, by series; at most 5 000. */
    Uni<List<Concern>> concerns(TenantId tenant, Instant since);

    /** What that word would say, were it noted, by series; at most 1 000. */
    Uni<List<Concern>> concerns(TenantId tenant, Feedback feedback);

    /** What was decided of suggestions, by their id. */
    Uni<Map<String, Decision>> decisions(TenantId tenant);

    /** Notes what was decided of a suggestion. */
    Uni<Void> decide(TenantId tenant, String suggestion, Decision decision);

    /** Takes back what was decided of a suggestion. */
    Uni<Void> reopen(TenantId tenant, String suggestion, Instant at);

    /** The tenant's incidents that began in a range, newest first, as silences look at them. */
    Uni<List<IncidentFacts>> past(TenantId tenant, Instant from, Instant to, int limit);
}

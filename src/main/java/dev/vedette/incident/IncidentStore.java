package dev.vedette.incident;

import dev.vedette.tenant.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * What the incident job reads and writes. Blocking: called on a virtual thread. Throws {@link
 * dev.vedette.ingestion.StorageUnavailableException} when the database cannot be reached.
 */
public interface IncidentStore {
    /**
     * The surroundings of anomalies that changed.
     *
     * @param tenant whose
     * @param symptoms all anomalies within reach of one that changed, and all members of the
     *     incidents of these
     * @param before the incident of each anomaly that had one, anomalies that are gone included
     */
    record Surroundings(TenantId tenant, List<Symptom> symptoms, Map<UUID, UUID> before) {
        /** Copies both. */
        public Surroundings {
            symptoms = List.copyOf(symptoms);
            before = Map.copyOf(before);
        }
    }

    /**
     * Brings incidents up to date with anomalies that changed, the oldest marks first, in one
     * transaction. Does nothing while another process is at it.
     *
     * @param most most marks to take, above 0
     * @param reach how far in time to look for anomalies that may be near
     * @param regroup groups the surroundings of one tenant; what it throws undoes everything
     * @return how many marks were taken
     */
    int regroupDue(int most, Duration reach, Function<Surroundings, Regrouping> regroup);
}

package dev.vedette.alerting;

import dev.vedette.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * What deciding about alerts reads and writes. Blocking: called on a virtual thread. Throws {@link
 * dev.vedette.ingestion.StorageUnavailableException} when the database cannot be reached.
 */
public interface AlertStore {
    /**
     * A tenant with something to decide.
     *
     * @param tenant whose
     * @param settings its routes and silences
     * @param moment what is known now
     */
    record Case(TenantId tenant, List<Setting> settings, AlertPlans.Moment moment) {
        /** Copies the list. */
        public Case {
            settings = List.copyOf(settings);
        }
    }

    /**
     * Looks at incidents that changed, the oldest first, and at alerts whose time has come, in one
     * transaction: what is decided is to be sent once it commits, and the changes count as looked
     * at. Does nothing while another process is at it.
     *
     * @param most most changes, and most alerts, to take; above 0
     * @param now the moment to decide for
     * @param decide decides for one tenant; what it throws undoes everything
     * @return how many changes and alerts were taken
     */
    int decideDue(int most, Instant now, Function<Case, AlertPlans.Decisions> decide);
}

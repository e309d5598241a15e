package dev.vedette.detection.threshold;

import dev.vedette.tenant.TenantId;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * Rules as workers see them: as of a revision, so that a replay applies what was applied the first
 * time. Blocking; every method throws {@link dev.vedette.ingestion.StorageUnavailableException}
 * when the database cannot be reached.
 */
public interface ThresholdHistory {
    /**
     * What was set for a tenant.
     *
     * @param rules in any order
     * @param zone of its days and weeks
     */
    record TenantRules(List<ThresholdRule> rules, ZoneId zone) {}

    /** The last revision; 0 before the first change. */
    long revision();

    /** Tenants with a change after one revision, up to and including another. */
    Set<TenantId> changed(long after, long upTo);

    /** What was set as of that revision. */
    TenantRules asOf(TenantId tenant, long revision);
}

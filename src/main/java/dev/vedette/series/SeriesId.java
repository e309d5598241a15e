package dev.vedette.series;

import dev.vedette.tenant.TenantId;

/**
 * Identifies a series inside the service; carries its tenant so that no query can forget it.
 *
 * @param tenant whose it is
 * @param value unique over all tenants, above 0
 */
public record SeriesId(TenantId tenant, long value) {
    /**
     * Validates the number.
     *
     * @throws IllegalArgumentException when it is not above 0
     */
    public SeriesId {
        if (value <= 0) {
            throw new IllegalArgumentException("series id must be above 0, is " + value);
        }
    }
}

package dev.vedette.tenant;

import java.time.Instant;
import java.time.ZoneId;

/**
 * A customer of the service.
 *
 * @param id its id
 * @param name what people call it, 1 to 200 characters
 * @param zone the zone of its days and weeks, for seasons and for texts
 * @param limits what it may use
 * @param createdAt when it was created
 */
public record Tenant(
        TenantId id, String name, ZoneId zone, TenantLimits limits, Instant createdAt) {
    /**
     * Validates the name.
     *
     * @throws IllegalArgumentException when the name is blank or longer than 200 characters
     */
    public Tenant {
        if (name.isBlank() || name.length() > 200) {
            throw new IllegalArgumentException(
                    "tenant name must have 1 to 200 characters, is '" + name + "'");
        }
    }
}

package dev.vedette.tenant;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a credential may do. {@link #VIEWER}, {@link #ANALYST}, {@link #EDITOR} and {@link #ADMIN}
 * form a ladder: each may do what the ones before it may. {@link #INGEST} and {@link
 * #PLATFORM_ADMIN} stand beside it.
 */
public enum Role {
    /** Reads the tenant's data. */
    VIEWER("viewer", 1),
    /** Also gives feedback and silences. */
    ANALYST("analyst", 2),
    /** Also changes rules, thresholds, routes and models. */
    EDITOR("editor", 3),
    /** Also manages the tenant's keys, users and quotas. */
    ADMIN("admin", 4),
    /** Writes points and transactions and nothing else. */
    INGEST("ingest", 0),
    /** Manages tenants; sees no tenant's data. */
    PLATFORM_ADMIN("platform-admin", 0);

    private final String claim;
    private final int step;

    // step: place on the ladder from 1, or 0 beside it
    Role(String claim, int step) {
        this.claim = claim;
        this.step = step;
    }

    /** The name in the token's {@code groups} claim, in an API key's scopes and in the API. */
    public String claim() {
        return claim;
    }

    /**
     * Whether this role includes the other: itself, or a lower step of the viewer-to-admin ladder.
     */
    public boolean includes(Role other) {
        return this == other || (other.step > 0 && step >= other.step);
    }

    /** The role of that claim name; empty when there is none. */
    public static Optional<Role> ofClaim(String claim) {
        return Arrays.stream(values()).filter(role -> role.claim.equals(claim)).findFirst();
    }
}

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
    VIEWER("viewer"),
    /** Also gives feedback and silences. */
    ANALYST("analyst"),
    /** Also changes rules, thresholds, routes and models. */
    EDITOR("editor"),
    /** Also manages the tenant's keys, users and quotas. */
    ADMIN("admin"),
    /** Writes points and transactions and nothing else. */
    INGEST("ingest"),
    /** Manages tenants; sees no tenant's data. */
    PLATFORM_ADMIN("platform-admin");

    private final String claim;

    Role(String claim) {
        this.claim = claim;
    }

    /** The name in the token's {@code groups} claim, in an API key's scopes and in the API. */
    public String claim() {
        return claim;
    }

    /**
     * Whether this role includes the other: itself, or a lower step of the viewer-to-admin ladder.
     */
    public boolean includes(Role other) {
        return this == other
                || (isOnLadder() && other.isOnLadder() && ordinal() >= other.ordinal());
    }

    private boolean isOnLadder() {
        return ordinal() <= ADMIN.ordinal();
    }

    /** The role of that claim name; empty when there is none. */
    public static Optional<Role> ofClaim(String claim) {
        return Arrays.stream(values()).filter(role -> role.claim.equals(claim)).findFirst();
    }
}

package dev.vedette.http.rest;

import dev.vedette.http.ProblemException;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;

/** Reads texts of requests into the vocabulary; refuses with the pointer. */
public final class Fields {
    private Fields() {}

    /** A role that an API key may hold. */
    public static Role keyRole(String pointer, String claim) {
        return role(pointer, claim, true);
    }

    /** A role that a user may hold. */
    public static Role userRole(String pointer, String claim) {
        return role(pointer, claim, false);
    }

    /** A tenant id. */
    public static TenantId tenant(String pointer, String id) {
        try {
            return new TenantId(id);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(
                    pointer,
                    "wrong_form",
                    String.valueOf(e.getMessage()),
                    "send 1 to 63 of a-z, 0-9, - and _");
        }
    }

    /** A time zone. */
    public static ZoneId zone(String pointer, String id) {
        try {
            return ZoneId.of(id);
        } catch (DateTimeException e) {
            throw ProblemException.invalid(
                    pointer,
                    "unknown_zone",
                    "there is no time zone '" + id + "'",
                    "send an IANA name such as Europe/Oslo");
        }
    }

    private static Role role(String pointer, String claim, boolean ofKey) {
        Optional<Role> role =
                Role.ofClaim(claim)
                        .filter(known -> known != Role.PLATFORM_ADMIN)
                        .filter(known -> ofKey || known != Role.INGEST);
        return role.orElseThrow(() ->
                ProblemException.invalid(
                        pointer,
                        "unknown_role",
                        "'" + claim + "' is no role that may be given here",
                        "send viewer, analyst, editor or admin" + (ofKey ? ", or ingest" : "")));
    }
}

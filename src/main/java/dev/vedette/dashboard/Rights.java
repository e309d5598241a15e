package dev.vedette.dashboard;

import dev.vedette.http.Caller;
import dev.vedette.tenant.Role;

/**
 * What a reader's role opens beside the pages of everyone.
 *
 * @param tenant whether there is a tenant to look at
 * @param admin whether keys, users and the audit trail of that tenant are shown
 * @param platform whether all tenants are shown
 */
public record Rights(boolean tenant, boolean admin, boolean platform) {
    static Rights of(Caller caller) {
        return new Rights(
                caller.tenant().isPresent(),
                caller.may(Role.ADMIN),
                caller.may(Role.PLATFORM_ADMIN));
    }

    /** Where administration begins; empty when there is none for this reader. */
    public String adminHref() {
        return admin ? "/admin" : platform ? "/admin/tenants" : "";
    }
}

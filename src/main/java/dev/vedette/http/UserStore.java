package dev.vedette.http;

import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** Where users are kept. Only {@link #named(String)} crosses tenants. */
public interface UserStore {
    /**
     * A user and the hash of the password.
     *
     * @param user the user
     * @param passwordHash in modular crypt form; never logged
     */
    record Stored(User user, String passwordHash) {
        /** Says nothing of the hash. */
        @Override
        public String toString() {
            return user.toString();
        }
    }

    /**
     * Adds a user.
     *
     * @return false when the tenant has a user of that name, which then stays as it is
     */
    Uni<Boolean> insert(Stored user);

    /** The users of that name in all tenants, at most ten: the first step of sign-in. */
    Uni<List<Stored>> named(String name);

    /** The tenant's user of that name. */
    Uni<Optional<Stored>> find(TenantId tenant, String name);

    /**
     * The tenant's users by name.
     *
     * @param after only names after that one; empty from the start
     * @param limit most users
     */
    Uni<List<User>> list(TenantId tenant, Optional<String> after, int limit);

    /**
     * Replaces role, state and password hash of the tenant's user of that name.
     *
     * @return whether there is such a user
     */
    Uni<Boolean> update(Stored user);
}

package dev.vedette.http;

import dev.vedette.tenant.Role;
import dev.vedette.tenant.Tenant;
import dev.vedette.tenant.TenantId;
import dev.vedette.tenant.TenantLimits;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;

/** Makes the first tenant and its first user at start. Blocks; safe to call at every start. */
@ApplicationScoped
public class Bootstrap {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TenantStore tenants;
    private final UserStore users;
    private final InstantSource clock;

    Bootstrap(TenantStore tenants, UserStore users, InstantSource clock) {
        this.tenants = tenants;
        this.users = users;
        this.clock = clock;
    }

    /**
     * Makes the tenant if there is none of that id; leaves it as it is otherwise.
     *
     * @param name what people call it
     * @return whether it was made now
     */
    public boolean ensureTenant(TenantId id, String name) {
        Tenant tenant = new Tenant(id, name, ZoneOffset.UTC, TenantLimits.DEFAULT, clock.instant());
        return tenants.insert(tenant).await().atMost(PATIENCE);
    }

    /**
     * Makes an administrator of the tenant if it has no user of that name.
     *
     * @param name the user's name, lower case
     * @return the generated password, which is stored nowhere; empty when the user was there
     */
    public Optional<String> ensureAdmin(TenantId tenant, String name) {
        if (users.find(tenant, name).await().atMost(PATIENCE).isPresent()) {
            return Optional.empty();
        }
        String password = Passwords.generate();
        User user = new User(tenant, name, Role.ADMIN, false, clock.instant());
        boolean isNew =
                users.insert(new UserStore.Stored(user, Passwords.hash(password)))
                        .await()
                        .atMost(PATIENCE);
        return isNew ? Optional.of(password) : Optional.empty();
    }
}

package dev.vedette.http;

import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Makes and changes users of a tenant. Every method blocks: for virtual threads. */
@ApplicationScoped
public class Users {
    /** What a user's name looks like. */
    public static final String NAME = "[a-z0-9][a-z0-9._@+-]{0,199}";

    /** The most users of a tenant. */
    public static final int MOST = 1000;

    private final UserStore store;
    private final Audit audit;
    private final InstantSource clock;

    Users(UserStore store, Audit audit, InstantSource clock) {
        this.store = store;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What to change of a user; what is absent stays.
     *
     * @param role a step of the ladder
     * @param isDisabled whether sign-in is refused
     * @param password a checked password
     */
    public record Change(
            Optional<Role> role, Optional<Boolean> isDisabled, Optional<String> password) {
        /** Says nothing of the password. */
        @Override
        public String toString() {
            return "Change[role=" + role + ", isDisabled=" + isDisabled + "]";
        }
    }

    /** The tenant's users by name, after that name. */
    public List<User> list(TenantId tenant, Optional<String> after, int limit) {
        return store.list(tenant, after, limit).await().indefinitely();
    }

    /**
     * Makes a user of the caller's tenant.
     *
     * @param name lower case
     * @param password a checked password
     * @throws ProblemException {@link ProblemKind#CONFLICT} when the tenant has a user of that name
     *     or {@value #MOST} users
     */
    public User create(Caller caller, String name, Role role, String password) {
        TenantId tenant = caller.tenant().orElseThrow();
        if (list(tenant, Optional.empty(), MOST).size() >= MOST) {
            throw conflict("the tenant has " + MOST + " users already");
        }
        User user = new User(tenant, name, role, false, clock.instant());
        var stored = new UserStore.Stored(user, Passwords.hash(password));
        if (!store.insert(stored).await().indefinitely()) {
            throw conflict("there is a user '" + name + "' already");
        }
        audit.done(caller, "user.create", name);
        return user;
    }

    /**
     * Changes a user of the caller's tenant.
     *
     * @throws ProblemException {@link ProblemKind#NOT_FOUND} when the tenant has none of that name;
     *     {@link ProblemKind#CONFLICT} when callers would take their own rights away, which could
     *     leave a tenant without administrator
     */
    public User change(Caller caller, String name, Change change) {
        boolean isOwn = caller.subject().equals(name);
        boolean wouldLose =
                change.role().filter(role -> role != Role.ADMIN).isPresent()
                        || change.isDisabled().orElse(false);
        if (isOwn && wouldLose) {
            throw conflict("nobody takes away their own rights; let another admin do it");
        }
        UserStore.Stored old = required(caller, name);
        User user =
                new User(
                        old.user().tenant(),
                        name,
                        change.role().orElse(old.user().role()),
                        change.isDisabled().orElse(old.user().isDisabled()),
                        old.user().createdAt());
        String hash = change.password().map(Passwords::hash).orElse(old.passwordHash());
        store.update(new UserStore.Stored(user, hash)).await().indefinitely();
        audit.done(caller, "user.change", name);
        return user;
    }

    /**
     * Changes the caller's own password.
     *
     * @param old as it is now
     * @param next a checked password
     * @throws ProblemException {@link ProblemKind#NOT_FOUND} when the credential is no user's;
     *     {@link ProblemKind#INVALID_REQUEST} when the old password is not right
     */
    public void changePassword(Caller caller, String old, String next) {
        UserStore.Stored stored = required(caller, caller.subject());
        if (!Passwords.matches(old, stored.passwordHash())) {
            throw ProblemException.invalid(
                    "/old_password",
                    "wrong_password",
                    "the old password is not right",
                    "ask an admin to set a new one if it is lost");
        }
        store.update(new UserStore.Stored(stored.user(), Passwords.hash(next)))
                .await()
                .indefinitely();
        audit.done(caller, "user.password", caller.subject());
    }

    private UserStore.Stored required(Caller caller, String name) {
        return store.find(caller.tenant().orElseThrow(), name)
                .await()
                .indefinitely()
                .orElseThrow(() -> ProblemException.notFound("user", name));
    }

    private static ProblemException conflict(String detail) {
        return ProblemException.of(ProblemKind.CONFLICT, detail);
    }
}

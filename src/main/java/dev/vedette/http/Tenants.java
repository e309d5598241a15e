package dev.vedette.http;

import dev.vedette.tenant.Tenant;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Makes and changes tenants. */
@ApplicationScoped
public class Tenants {
    private final TenantStore store;
    private final TenantDirectory directory;
    private final Audit audit;

    Tenants(TenantStore store, TenantDirectory directory, Audit audit) {
        this.store = store;
        this.directory = directory;
        this.audit = audit;
    }

    /** All tenants by id, after that id. */
    public Uni<List<Tenant>> list(Optional<TenantId> after, int limit) {
        return store.list(after, limit);
    }

    /** The tenant of that id; fails with {@link ProblemKind#NOT_FOUND} when there is none. */
    public Uni<Tenant> find(TenantId id) {
        return store.find(id)
                .map(found ->
                        found.orElseThrow(() -> ProblemException.notFound("tenant", id.value())));
    }

    /** Makes a tenant; fails with {@link ProblemKind#CONFLICT} when there is one of that id. */
    public Uni<Tenant> create(Caller caller, Tenant tenant) {
        return store.insert(tenant)
                .map(isNew -> {
                    if (!isNew) {
                        throw ProblemException.of(
                                ProblemKind.CONFLICT,
                                "there is a tenant '" + tenant.id() + "' already");
                    }
                    return noted(caller, "tenant.create", tenant);
                });
    }

    /** Changes a tenant; fails with {@link ProblemKind#NOT_FOUND} when there is none of that id. */
    public Uni<Tenant> change(Caller caller, TenantId id, UnaryOperator<Tenant> how) {
        return find(id).map(how)
                .call(store::update)
                .map(tenant -> noted(caller, "tenant.change", tenant));
    }

    private Tenant noted(Caller caller, String action, Tenant tenant) {
        directory.remember(tenant);
        audit.done(caller, action, tenant.id().value());
        return tenant;
    }
}

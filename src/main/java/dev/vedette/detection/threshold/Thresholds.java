package dev.vedette.detection.threshold;

import dev.vedette.detection.threshold.ThresholdStore.Change;
import dev.vedette.detection.threshold.ThresholdStore.Outcome;
import dev.vedette.http.Audit;
import dev.vedette.http.Caller;
import dev.vedette.http.ProblemException;
import dev.vedette.http.ProblemKind;
import dev.vedette.http.TenantDirectory;
import dev.vedette.tenant.Tenant;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads and changes the rules of a tenant. A change reaches running detection within seconds. */
@ApplicationScoped
public class Thresholds {
    /** The most rules of a tenant. */
    public static final int MOST = 500;

    private final ThresholdStore store;
    private final TenantDirectory tenants;
    private final ServiceDefaults defaults;
    private final Audit audit;
    private final InstantSource clock;

    Thresholds(
            ThresholdStore store,
            TenantDirectory tenants,
            ServiceDefaults defaults,
            Audit audit,
            InstantSource clock) {
        this.store = store;
        this.tenants = tenants;
        this.defaults = defaults;
        this.audit = audit;
        this.clock = clock;
    }

    /** All rules of the tenant as stored at this moment, ready to answer. */
    public Uni<TenantThresholds> current(TenantId tenant) {
        return Uni.combine()
                .all()
                .unis(store.list(tenant, Optional.empty(), MOST), tenants.find(tenant))
                .with((rules, owner) -> {
                    ZoneId zone = owner.map(Tenant::zone).orElse(ZoneOffset.UTC);
                    return new TenantThresholds(rules, zone, defaults);
                });
    }

    /**
     * The rule as it would be stored, for trying out.
     *
     * @throws IllegalArgumentException when the name has another form
     */
    public ThresholdRule draft(
            Caller caller, String name, ThresholdScope scope, ThresholdFields fields) {
        return new ThresholdRule(
                name, scope, fields, Long.MAX_VALUE, caller.subject(), clock.instant());
    }

    /** The tenant's rules by name, after that name. */
    public Uni<List<ThresholdRule>> list(TenantId tenant, Optional<String> after, int limit) {
        return store.list(tenant, after, limit);
    }

    /** The rule of that name; fails with {@link ProblemKind#NOT_FOUND} when there is none. */
    public Uni<ThresholdRule> find(TenantId tenant, String name) {
        return store.find(tenant, name).map(found -> found.orElseThrow(() -> notFound(name)));
    }

    /**
     * Stores a rule of the caller's tenant.
     *
     * @param seen the revision the caller has seen; empty: the rule is meant to be new
     * @return fails with {@link ProblemException}: {@link ProblemKind#PRECONDITION_FAILED} when the
     *     stored rule is another than the one seen, {@link ProblemKind#NOT_FOUND} when it is gone,
     *     {@link ProblemKind#CONFLICT} when a new one's name is taken, there are {@value #MOST}
     *     rules, or another is about the same series
     */
    public Uni<Outcome.Stored> put(
            Caller caller,
            String name,
            ThresholdScope scope,
            ThresholdFields fields,
            OptionalLong seen) {
        TenantId tenant = caller.tenant().orElseThrow();
        Change change = new Change(name, scope, fields, caller.subject(), clock.instant());
        return store.put(tenant, change, seen, MOST)
                .map(outcome -> {
                    if (outcome instanceof Outcome.Stored stored) {
                        return stored;
                    }
                    throw refusal(name, seen, outcome);
                })
                .invoke(stored ->
                        audit.done(
                                caller,
                                stored.isNew() ? "threshold.create" : "threshold.change",
                                name));
    }

    /**
     * Deletes a rule of the caller's tenant; fails as {@link #put} does.
     *
     * @param seen the revision the caller has seen
     */
    public Uni<Void> delete(Caller caller, String name, long seen) {
        TenantId tenant = caller.tenant().orElseThrow();
        return store.delete(tenant, name, seen, caller.subject(), clock.instant())
                .invoke(outcome -> {
                    if (!(outcome instanceof Outcome.Deleted)) {
                        throw refusal(name, OptionalLong.of(seen), outcome);
                    }
                    audit.done(caller, "threshold.delete", name);
                })
                .replaceWithVoid();
    }

    /**
     * Takes the last change of a rule back: it becomes what it was before, in the caller's name, or
     * is deleted when it was not there. Fails as {@link #put} does.
     *
     * @param seen the revision the caller has seen
     * @return the rule as it is now; empty when it is deleted
     */
    public Uni<Optional<ThresholdRule>> rollBack(Caller caller, String name, long seen) {
        TenantId tenant = caller.tenant().orElseThrow();
        return store.before(tenant, name, seen)
                .chain(before ->
                        before.map(old ->
                                        put(
                                                        caller,
                                                        name,
                                                        old.scope(),
                                                        old.fields(),
                                                        OptionalLong.of(seen))
                                                .map(stored -> Optional.of(stored.rule())))
                                .orElseGet(() ->
                                        delete(caller, name, seen)
                                                .replaceWith(Optional.<ThresholdRule>empty())));
    }

    private static ProblemException refusal(String name, OptionalLong seen, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Unexpected(Optional<ThresholdRule> current) ->
                    current.map(rule -> seen.isPresent() ? changed(name, rule) : taken(name))
                            .orElseGet(() -> notFound(name));
            case Outcome.Full(int most) ->
                    ProblemException.of(
                            ProblemKind.CONFLICT,
                            "the tenant has " + most + " threshold rules already");
            case Outcome.SameScope(String other) ->
                    ProblemException.of(
                            ProblemKind.CONFLICT,
                            "the rule '" + other + "' is about the same series; change that one");
            case Outcome.Stored _, Outcome.Deleted _ ->
                    throw new IllegalStateException("no refusal: " + outcome);
        };
    }

    private static ProblemException changed(String name, ThresholdRule current) {
        return ProblemException.of(
                ProblemKind.PRECONDITION_FAILED,
                "the threshold rule '"
                        + name
                        + "' is another than the one you saw: read it again and send its ETag, now \""
                        + current.revision()
                        + "\", as If-Match");
    }

    private static ProblemException taken(String name) {
        return ProblemException.of(
                ProblemKind.CONFLICT, "there is a threshold rule '" + name + "' already");
    }

    private static ProblemException notFound(String name) {
        return ProblemException.notFound("threshold rule", name);
    }
}

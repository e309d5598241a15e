package dev.vedette.transaction.scoring;

import dev.vedette.http.Audit;
import dev.vedette.http.Caller;
import dev.vedette.http.ProblemException;
import dev.vedette.http.ProblemKind;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.intake.Schemas;
import dev.vedette.transaction.rule.FactNames;
import dev.vedette.transaction.rule.Rule;
import dev.vedette.transaction.rule.RuleCompiler;
import dev.vedette.transaction.rule.RuleVersion;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Reads and changes the rules of a tenant. A published one judges within seconds. */
@ApplicationScoped
public class Rules {
    private final RuleStore store;
    private final Schemas schemas;
    private final Features features;
    private final Settings settings;
    private final Audit audit;
    private final InstantSource clock;

    Rules(
            RuleStore store,
            Schemas schemas,
            Features features,
            Settings settings,
            Audit audit,
            InstantSource clock) {
        this.store = store;
        this.schemas = schemas;
        this.features = features;
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
    }

    /** The names the tenant's rules may use. */
    public Uni<FactNames> names(TenantId tenant) {
        return schemas.of(tenant)
                .chain(schema ->
                        features.of(tenant)
                                .map(declared -> FactSheet.names(schema, declared.set().names())));
    }

    /** What compiles the tenant's rules. */
    public Uni<RuleCompiler> compiler(TenantId tenant) {
        return names(tenant).map(RuleCompiler::new);
    }

    /** Of each rule the draft, else the published version; by name, after that name. */
    public Uni<List<RuleVersion>> list(TenantId tenant, Optional<String> after, int limit) {
        return store.list(tenant, after, limit);
    }

    /**
     * Every version of a rule, newest first; fails with {@link ProblemKind#NOT_FOUND} when there is
     * none of that name.
     */
    public Uni<List<RuleVersion>> versions(TenantId tenant, String name) {
        return store.versions(tenant, name)
                .invoke(all -> {
                    if (all.isEmpty()) {
                        throw notFound(name);
                    }
                });
    }

    /**
     * Stores the first draft of a rule; fails with {@link ProblemKind#CONFLICT} when it is there.
     */
    public Uni<RuleVersion> create(Caller caller, Rule rule) {
        return store.versions(caller.tenant().orElseThrow(), rule.name())
                .invoke(all -> {
                    if (!all.isEmpty()) {
                        throw ProblemException.of(
                                ProblemKind.CONFLICT,
                                "there is a rule '" + rule.name() + "' already");
                    }
                })
                .chain(() -> draft(caller, rule));
    }

    /**
     * Stores a draft whose expression compiles; fails with {@link ProblemKind#CONFLICT} when full.
     */
    public Uni<RuleVersion> draft(Caller caller, Rule rule) {
        TenantId tenant = caller.tenant().orElseThrow();
        return store.draft(tenant, rule, caller.subject(), clock.instant())
                .map(outcome -> stored(outcome, rule.name()))
                .invoke(() -> audit.done(caller, "rule.draft", rule.name()));
    }

    /** Makes the draft judge; fails with {@link ProblemKind#NOT_FOUND} when there is none. */
    public Uni<RuleVersion> publish(Caller caller, String name) {
        TenantId tenant = caller.tenant().orElseThrow();
        return store.publish(tenant, name, caller.subject(), clock.instant())
                .map(outcome -> stored(outcome, name))
                .invoke(() -> {
                    settings.forget(tenant);
                    audit.done(caller, "rule.publish", name);
                });
    }

    /** Deletes a rule; fails with {@link ProblemKind#NOT_FOUND} when there is none. */
    public Uni<Void> delete(Caller caller, String name) {
        TenantId tenant = caller.tenant().orElseThrow();
        return store.delete(tenant, name)
                .invoke(isGone -> {
                    if (!isGone) {
                        throw notFound(name);
                    }
                    settings.forget(tenant);
                    audit.done(caller, "rule.delete", name);
                })
                .replaceWithVoid();
    }

    private static RuleVersion stored(RuleStore.Outcome outcome, String name) {
        return switch (outcome) {
            case RuleStore.Outcome.Stored(RuleVersion version) -> version;
            case RuleStore.Outcome.Missing _ ->
                    throw ProblemException.of(
                            ProblemKind.NOT_FOUND, "the rule '" + name + "' has no draft");
            case RuleStore.Outcome.Full _ ->
                    throw ProblemException.of(
                            ProblemKind.CONFLICT,
                            "the tenant has " + RuleStore.MOST + " rules already");
        };
    }

    private static ProblemException notFound(String name) {
        return ProblemException.notFound("rule", name.length() > 64 ? "…" : name);
    }
}

package dev.vedette.transaction.scoring;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.rule.Rule;
import dev.vedette.transaction.rule.RuleVersion;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The rules of a tenant, all versions. Fails with {@link
 * dev.vedette.ingestion.StorageUnavailableException} when the database cannot be reached.
 */
public interface RuleStore {
    /** Most rules of a tenant. */
    int MOST = 200;

    /** What became of a change. */
    sealed interface Outcome {
        /** It is stored. */
        record Stored(RuleVersion version) implements Outcome {}

        /** The tenant has as many rules as it may. */
        record Full() implements Outcome {}

        /** There is no draft, or no rule, of that name. */
        record Missing() implements Outcome {}
    }

    /** The rules that judge, by name. */
    Uni<List<RuleVersion>> published(TenantId tenant);

    /** Of each rule the draft, else the published version; by name, after that name. */
    Uni<List<RuleVersion>> list(TenantId tenant, Optional<String> after, int limit);

    /** Every version of a rule, newest first; empty when there is none of that name. */
    Uni<List<RuleVersion>> versions(TenantId tenant, String name);

    /** Replaces the rule's draft, or begins one under the next version. */
    Uni<Outcome> draft(TenantId tenant, Rule rule, String author, Instant at);

    /** Makes the draft the version that judges. */
    Uni<Outcome> publish(TenantId tenant, String name, String author, Instant at);

    /** Deletes the rule with all its versions; returns whether there was one. */
    Uni<Boolean> delete(TenantId tenant, String name);
}

package dev.vedette.timescale;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.rule.Rule;
import dev.vedette.transaction.rule.RuleEffect;
import dev.vedette.transaction.rule.RuleMode;
import dev.vedette.transaction.rule.RuleVersion;
import dev.vedette.transaction.scoring.RuleStore;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Rules in the table {@code rule_version}, which holds every form they ever had. */
@ApplicationScoped
public class TimescaleRuleStore implements RuleStore {
    private static final String COLUMNS =
            "name, version, state, description, expression, mode, score, outcome, author, changed_at";
    private static final String SELECT =
            "SELECT " + COLUMNS + " FROM scoped.rule_version WHERE tenant_id = $1 AND ";
    private static final String PUBLISHED = SELECT + "state = 'published' ORDER BY name";
    private static final String LIST =
            "SELECT DISTINCT ON (name) "
                    + COLUMNS
                    + " FROM scoped.rule_version WHERE tenant_id = $1 AND name > $2"
                    + " ORDER BY name, version DESC LIMIT $3";
    private static final String VERSIONS = SELECT + "name = $2 ORDER BY version DESC LIMIT 1000";

    // One change of a tenant's rules at a time: the count and the next version are then true.
    private static final String LOCK =
            "SELECT pg_advisory_xact_lock(hashtextextended('rules/' || $1, 0))";
    private static final String COUNT =
            "SELECT count(DISTINCT name) FROM scoped.rule_version WHERE tenant_id = $1 AND name <> $2";
    private static final String REPLACE =
            "DELETE FROM scoped.rule_version WHERE tenant_id = $1 AND name = $2 AND state = 'draft'";
    private static final String INSERT =
            "INSERT INTO scoped.rule_version (tenant_id, "
                    + COLUMNS
                    + ") SELECT $1, $2, coalesce(max(version), 0) + 1, 'draft', $3, $4, $5, $6, $7,"
                    + " $8, $9 FROM scoped.rule_version WHERE tenant_id = $1 AND name = $2 RETURNING "
                    + COLUMNS;
    private static final String RETIRE =
            """
            UPDATE scoped.rule_version SET state = 'replaced'
            WHERE tenant_id = $1 AND name = $2 AND state = 'published' AND EXISTS (
                SELECT 1 FROM scoped.rule_version
                WHERE tenant_id = $1 AND name = $2 AND state = 'draft')
            """;
    private static final String PUBLISH =
            "UPDATE scoped.rule_version SET state = 'published', author = $3, changed_at = $4"
                    + " WHERE tenant_id = $1 AND name = $2 AND state = 'draft' RETURNING "
                    + COLUMNS;
    private static final String DELETE =
            "DELETE FROM scoped.rule_version WHERE tenant_id = $1 AND name = $2";

    private final TenantTransaction tenants;

    TimescaleRuleStore(TenantTransaction tenants) {
        this.tenants = tenants;
    }

    private Uni<List<RuleVersion>> read(TenantId tenant, String query, Tuple parameters) {
        return tenants.list(tenant, query, parameters, TimescaleRuleStore::version);
    }

    @Override
    public Uni<List<RuleVersion>> published(TenantId tenant) {
        return read(tenant, PUBLISHED, Tuple.of(tenant.value()));
    }

    @Override
    public Uni<List<RuleVersion>> list(TenantId tenant, Optional<String> after, int limit) {
        return read(tenant, LIST, Tuple.of(tenant.value(), after.orElse(""), limit));
    }

    @Override
    public Uni<List<RuleVersion>> versions(TenantId tenant, String name) {
        return read(tenant, VERSIONS, Tuple.of(tenant.value(), name));
    }

    @Override
    public Uni<Outcome> draft(TenantId tenant, Rule rule, String author, Instant at) {
        return changing(
                tenant,
                connection ->
                        connection
                                .preparedQuery(COUNT)
                                .execute(Tuple.of(tenant.value(), rule.name()))
                                .map(rows -> rows.iterator().next().getLong(0))
                                .chain(others ->
                                        others >= MOST
                                                ? Uni.createFrom().item(new Outcome.Full())
                                                : insert(connection, tenant, rule, author, at)));
    }

    private static Uni<Outcome> insert(
            SqlConnection connection, TenantId tenant, Rule rule, String author, Instant at) {
        io.vertx.sqlclient.Tuple row =
                io.vertx.sqlclient.Tuple.tuple()
                        .addString(tenant.value())
                        .addString(rule.name())
                        .addString(rule.description())
                        .addString(rule.expression())
                        .addString(rule.mode().label());
        switch (rule.effect()) {
            case RuleEffect.Score(double value) -> row.addDouble(value).addString(null);
            case RuleEffect.Decide(var outcome) -> row.addDouble(null).addString(outcome.label());
        }
        row.addString(author).addOffsetDateTime(Rows.parameter(at));
        return connection
                .preparedQuery(REPLACE)
                .execute(Tuple.of(tenant.value(), rule.name()))
                .chain(() -> connection.preparedQuery(INSERT).execute(Tuple.newInstance(row)))
                .map(rows ->
                        new Outcome.Stored(
                                Rows.first(rows, TimescaleRuleStore::version).orElseThrow()));
    }

    @Override
    public Uni<Outcome> publish(TenantId tenant, String name, String author, Instant at) {
        Tuple publish = Tuple.of(tenant.value(), name, author, Rows.parameter(at));
        return changing(
                tenant,
                connection ->
                        connection
                                .preparedQuery(RETIRE)
                                .execute(Tuple.of(tenant.value(), name))
                                .chain(() -> connection.preparedQuery(PUBLISH).execute(publish))
                                .map(rows ->
                                        Rows.first(rows, TimescaleRuleStore::version)
                                                .<Outcome>map(Outcome.Stored::new)
                                                .orElseGet(Outcome.Missing::new)));
    }

    @Override
    public Uni<Boolean> delete(TenantId tenant, String name) {
        return tenants.run(
                        tenant,
                        connection ->
                                connection
                                        .preparedQuery(DELETE)
                                        .execute(Tuple.of(tenant.value(), name)))
                .map(rows -> rows.rowCount() > 0);
    }

    private interface Changing {
        Uni<? extends Outcome> with(SqlConnection connection);
    }

    private Uni<Outcome> changing(TenantId tenant, Changing change) {
        return tenants.run(
                tenant,
                connection ->
                        connection
                                .preparedQuery(LOCK)
                                .execute(Tuple.of(tenant.value()))
                                .chain(() -> change.with(connection)));
    }

    private static RuleVersion version(Row row) {
        Double score = row.getDouble("score");
        RuleEffect effect =
                score == null
                        ? new RuleEffect.Decide(
                                dev.vedette.transaction.Outcome.of(row.getString("outcome"))
                                        .orElseThrow())
                        : new RuleEffect.Score(score);
        Rule rule =
                new Rule(
                        row.getString("name"),
                        row.getString("description"),
                        row.getString("expression"),
                        RuleMode.of(row.getString("mode")).orElseThrow(),
                        effect);
        return new RuleVersion(
                row.getInteger("version"),
                rule,
                RuleVersion.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("author"),
                Rows.time(row, "changed_at"));
    }
}

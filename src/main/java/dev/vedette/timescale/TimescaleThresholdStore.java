package dev.vedette.timescale;

import dev.vedette.detection.threshold.ThresholdRule;
import dev.vedette.detection.threshold.ThresholdStore;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Rules in the table {@code threshold_change}, which holds every form they ever had. */
@ApplicationScoped
public class TimescaleThresholdStore implements ThresholdStore {
    private static final String CURRENT =
            "SELECT * FROM (SELECT DISTINCT ON (name) "
                    + ThresholdRows.COLUMNS
                    + " FROM scoped.threshold_change WHERE tenant_id = $1"
                    + " ORDER BY name, revision DESC) AS newest WHERE NOT is_deleted";
    private static final String LIST = CURRENT + " AND name > $2 ORDER BY name LIMIT $3";
    private static final String FIND = CURRENT + " AND name = $2";
    private static final String BEFORE =
            """
            SELECT * FROM scoped.threshold_change
            WHERE tenant_id = $1 AND name = $2 AND revision < $3
            ORDER BY revision DESC LIMIT 1\
            """;
    private static final String NEXT = "SELECT scoped.next_settings_revision()";
    private static final String INSERT =
            "INSERT INTO scoped.threshold_change (tenant_id, "
                    + ThresholdRows.COLUMNS
                    + ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,"
                    + " $16, $17, $18)";

    private final TenantTransaction tenants;

    TimescaleThresholdStore(TenantTransaction tenants) {
        this.tenants = tenants;
    }

    @Override
    public Uni<List<ThresholdRule>> list(TenantId tenant, Optional<String> after, int limit) {
        Tuple from = Tuple.of(tenant.value(), after.orElse(""), limit);
        return tenants.run(tenant, c -> c.preparedQuery(LIST).execute(from))
                .map(rows -> Rows.all(rows, ThresholdRows::rule));
    }

    @Override
    public Uni<Optional<ThresholdRule>> find(TenantId tenant, String name) {
        Tuple key = Tuple.of(tenant.value(), name);
        return tenants.run(tenant, c -> c.preparedQuery(FIND).execute(key))
                .map(rows -> Rows.first(rows, ThresholdRows::rule));
    }

    @Override
    public Uni<Optional<ThresholdRule>> before(TenantId tenant, String name, long revision) {
        Tuple which = Tuple.of(tenant.value(), name, revision);
        return tenants.run(tenant, c -> c.preparedQuery(BEFORE).execute(which))
                .map(rows ->
                        Rows.all(rows, row -> row).stream()
                                .filter(row -> !row.getBoolean("is_deleted"))
                                .map(ThresholdRows::rule)
                                .findFirst());
    }

    @Override
    public Uni<Outcome> put(TenantId tenant, Change change, OptionalLong expected, int most) {
        return changing(
                tenant,
                (connection, revision) ->
                        all(connection, tenant)
                                .invoke(rules -> refuse(rules, change, expected, most))
                                .chain(() -> insert(connection, tenant, change, revision, false))
                                .map(_ ->
                                        new Outcome.Stored(
                                                rule(change, revision), expected.isEmpty())));
    }

    @Override
    public Uni<Outcome> delete(TenantId tenant, String name, long expected, String by, Instant at) {
        return changing(
                tenant,
                (connection, revision) ->
                        all(connection, tenant)
                                .map(rules -> named(rules, name))
                                .invoke(found -> refuseOther(found, OptionalLong.of(expected)))
                                .map(Optional::orElseThrow)
                                .call(old ->
                                        insert(
                                                connection,
                                                tenant,
                                                new Change(name, old.scope(), old.fields(), by, at),
                                                revision,
                                                true))
                                .map(Outcome.Deleted::new));
    }

    private interface Changing {
        Uni<? extends Outcome> with(SqlConnection connection, long revision);
    }

    // The number first: its lock lets one change in at a time, so what is read after it is current.
    private Uni<Outcome> changing(TenantId tenant, Changing change) {
        return tenants.<Outcome>run(
                        tenant,
                        connection ->
                                connection
                                        .query(NEXT)
                                        .execute()
                                        .map(rows -> rows.iterator().next().getLong(0))
                                        .chain(revision -> change.with(connection, revision)))
                .onFailure(Refused.class)
                .recoverWithItem(failure -> outcome(failure));
    }

    private static Outcome outcome(Throwable refused) {
        return ((Refused) refused).outcome;
    }

    private static Uni<List<ThresholdRule>> all(SqlConnection connection, TenantId tenant) {
        return connection
                .preparedQuery(CURRENT)
                .execute(Tuple.of(tenant.value()))
                .map(rows -> Rows.all(rows, ThresholdRows::rule));
    }

    private static Uni<Integer> insert(
            SqlConnection connection,
            TenantId tenant,
            Change change,
            long revision,
            boolean isDeleted) {
        return connection
                .preparedQuery(INSERT)
                .execute(ThresholdRows.row(tenant, change, revision, isDeleted))
                .map(rows -> rows.rowCount());
    }

    private static void refuse(
            List<ThresholdRule> rules, Change change, OptionalLong expected, int most) {
        Optional<ThresholdRule> current = named(rules, change.name());
        refuseOther(current, expected);
        rules.stream()
                .filter(rule -> rule.scope().equals(change.scope()))
                .filter(rule -> !rule.name().equals(change.name()))
                .findFirst()
                .ifPresent(same -> {
                    throw new Refused(new Outcome.SameScope(same.name()));
                });
        if (current.isEmpty() && rules.size() >= most) {
            throw new Refused(new Outcome.Full(most));
        }
    }

    private static void refuseOther(Optional<ThresholdRule> current, OptionalLong expected) {
        boolean asExpected =
                current.map(rule -> expected.equals(OptionalLong.of(rule.revision())))
                        .orElse(expected.isEmpty());
        if (!asExpected) {
            throw new Refused(new Outcome.Unexpected(current));
        }
    }

    private static Optional<ThresholdRule> named(List<ThresholdRule> rules, String name) {
        return rules.stream().filter(rule -> rule.name().equals(name)).findFirst();
    }

    private static ThresholdRule rule(Change change, long revision) {
        return new ThresholdRule(
                change.name(), change.scope(), change.fields(), revision, change.by(), change.at());
    }

    /** Rolls the transaction back, its number included. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Outcome outcome;

        Refused(Outcome outcome) {
            super("refused", null, false, false);
            this.outcome = outcome;
        }
    }
}

package dev.vedette.timescale;

import static java.util.stream.Collectors.toMap;

import dev.vedette.alerting.Feedback;
import dev.vedette.alerting.FeedbackStore;
import dev.vedette.alerting.IncidentFacts;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Feedback in the table {@code feedback}. */
@ApplicationScoped
class TimescaleFeedbackStore implements FeedbackStore {
    private static final String IS_THERE =
            "SELECT 1 FROM scoped.incident WHERE tenant_id = $1 AND id = $2";
    private static final String ADD =
            """
            INSERT INTO scoped.feedback
                (tenant_id, id, incident_id, verdict, cause, comment, actor, at, anomaly_id)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING\
            """;
    private static final String WITHDRAW =
            """
            UPDATE scoped.feedback SET withdrawn_at = $3
            WHERE tenant_id = $1 AND id = $2 AND withdrawn_at IS NULL\
            """;
    private static final String NEWEST =
            """
            SELECT * FROM scoped.feedback
            WHERE tenant_id = $1 AND incident_id = $2 AND withdrawn_at IS NULL
                AND (anomaly_id IS NULL OR anomaly_id = $3)
            ORDER BY at DESC, id DESC LIMIT 1\
            """;

    // The newest word about each anomaly: its own, or that about its incident.
    private static final String CONCERNS =
            """
            SELECT f.incident_id, f.verdict, f.at, a.cluster_id, a.node_id, a.metric_name, a.engine,
                max(a.anomaly_score) AS score
            FROM (
                SELECT DISTINCT ON (m.anomaly_id) m.anomaly_id, s.incident_id, s.verdict, s.at
                FROM scoped.feedback s
                JOIN scoped.incident_member m ON m.tenant_id = $1
                    AND m.incident_id = s.incident_id
                    AND (s.anomaly_id IS NULL OR s.anomaly_id = m.anomaly_id)
                WHERE s.tenant_id = $1 AND s.at >= $2 AND s.withdrawn_at IS NULL
                ORDER BY m.anomaly_id, s.at DESC) f
            JOIN scoped.anomaly a ON a.tenant_id = $1 AND a.id = f.anomaly_id
            WHERE a.cluster_id IS NOT NULL AND a.node_id IS NOT NULL
            GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY f.at DESC LIMIT 5000\
            """;
    private static final String CONCERNED =
            """
            SELECT $2::uuid AS incident_id, $4::text AS verdict, $5::timestamptz AS at,
                a.cluster_id, a.node_id, a.metric_name, a.engine, max(a.anomaly_score) AS score
            FROM scoped.incident_member m
            JOIN scoped.anomaly a ON a.tenant_id = $1 AND a.id = m.anomaly_id
            WHERE m.tenant_id = $1 AND m.incident_id = $2
                AND ($3::uuid IS NULL OR m.anomaly_id = $3)
                AND a.cluster_id IS NOT NULL AND a.node_id IS NOT NULL
            GROUP BY 4, 5, 6, 7 ORDER BY score DESC LIMIT 1000\
            """;
    private static final String DECISIONS =
            "SELECT * FROM scoped.suggestion_decision"
                    + " WHERE tenant_id = $1 AND withdrawn_at IS NULL";
    private static final String REOPEN =
            """
            UPDATE scoped.suggestion_decision SET withdrawn_at = $3
            WHERE tenant_id = $1 AND suggestion = $2 AND withdrawn_at IS NULL\
            """;
    private static final String DECIDE =
            """
            INSERT INTO scoped.suggestion_decision (tenant_id, suggestion, decision, actor, at)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (tenant_id, suggestion) DO UPDATE SET decision = excluded.decision,
                actor = excluded.actor, at = excluded.at, withdrawn_at = NULL\
            """;
    private static final String PAST =
            IncidentFactsReader.select("scoped.")
                    + " i.tenant_id = $1 AND i.started_at >= $2 AND i.started_at < $3"
                    + " AND i.merged_into IS NULL AND i.withdrawn_at IS NULL"
                    + " ORDER BY i.started_at DESC, i.id DESC LIMIT $4";

    private final TenantTransaction tenants;

    TimescaleFeedbackStore(TenantTransaction tenants) {
        this.tenants = tenants;
    }

    @Override
    public Uni<Boolean> add(TenantId tenant, Feedback feedback) {
        Tuple row =
                Tuple.tuple()
                        .addValue(tenant.value())
                        .addValue(feedback.id())
                        .addValue(feedback.about().incident())
                        .addValue(feedback.verdict().label())
                        .addValue(feedback.cause().orElse(null))
                        .addValue(feedback.comment())
                        .addValue(feedback.by())
                        .addValue(Rows.parameter(feedback.at()))
                        .addValue(feedback.about().anomaly().orElse(null));
        return tenants.run(
                tenant,
                connection ->
                        connection
                                .preparedQuery(IS_THERE)
                                .execute(Tuple.of(tenant.value(), feedback.about().incident()))
                                .chain(found ->
                                        found.size() == 0
                                                ? Uni.createFrom().item(false)
                                                : connection
                                                        .preparedQuery(ADD)
                                                        .execute(row)
                                                        .replaceWith(true)));
    }

    @Override
    public Uni<List<Feedback>> list(TenantId tenant, Optional<Position> after, int limit) {
        Conditions where = new Conditions();
        where.add("tenant_id = ?", tenant.value());
        where.add("withdrawn_at IS NULL");
        after.ifPresent(place -> where.addBehind("at, id", place.at(), place.id()));
        String query =
                "SELECT * FROM scoped.feedback WHERE "
                        + where.clauses()
                        + " ORDER BY at DESC, id DESC LIMIT "
                        + where.parameter(limit);
        return tenants.list(tenant, query, where.parameters(), TimescaleFeedbackStore::feedback);
    }

    @Override
    public Uni<List<Concern>> concerns(TenantId tenant, Instant since) {
        Tuple which = Tuple.of(tenant.value(), Rows.parameter(since));
        return tenants.run(tenant, c -> c.preparedQuery(CONCERNS).execute(which))
                .map(rows -> Rows.all(rows, TimescaleFeedbackStore::concern));
    }

    @Override
    public Uni<List<Concern>> concerns(TenantId tenant, Feedback feedback) {
        Tuple which =
                Tuple.of(
                        tenant.value(),
                        feedback.about().incident(),
                        feedback.about().anomaly().orElse(null),
                        feedback.verdict().label(),
                        Rows.parameter(feedback.at()));
        return tenants.run(tenant, c -> c.preparedQuery(CONCERNED).execute(which))
                .map(rows -> Rows.all(rows, TimescaleFeedbackStore::concern));
    }

    @Override
    public Uni<Boolean> withdraw(TenantId tenant, UUID id, Instant at) {
        Tuple which = Tuple.of(tenant.value(), id, Rows.parameter(at));
        return tenants.run(tenant, c -> c.preparedQuery(WITHDRAW).execute(which))
                .map(rows -> rows.rowCount() > 0);
    }

    @Override
    public Uni<Optional<Feedback>> newest(TenantId tenant, Feedback.Subject about) {
        Tuple which = Tuple.of(tenant.value(), about.incident(), about.anomaly().orElse(null));
        return tenants.run(tenant, c -> c.preparedQuery(NEWEST).execute(which))
                .map(rows -> Rows.first(rows, TimescaleFeedbackStore::feedback));
    }

    @Override
    public Uni<Map<String, Decision>> decisions(TenantId tenant) {
        return tenants.run(
                        tenant, c -> c.preparedQuery(DECISIONS).execute(Tuple.of(tenant.value())))
                .map(rows ->
                        Rows.all(rows, row -> Map.entry(row.getString("suggestion"), decision(row)))
                                .stream()
                                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Override
    public Uni<Void> decide(TenantId tenant, String suggestion, Decision decision) {
        Tuple row =
                Tuple.of(
                        tenant.value(),
                        suggestion,
                        decision.decision(),
                        decision.by(),
                        Rows.parameter(decision.at()));
        return tenants.run(tenant, c -> c.preparedQuery(DECIDE).execute(row)).replaceWithVoid();
    }

    @Override
    public Uni<Void> reopen(TenantId tenant, String suggestion, Instant at) {
        Tuple which = Tuple.of(tenant.value(), suggestion, Rows.parameter(at));
        return tenants.run(tenant, c -> c.preparedQuery(REOPEN).execute(which)).replaceWithVoid();
    }

    @Override
    public Uni<List<IncidentFacts>> past(TenantId tenant, Instant from, Instant to, int limit) {
        Tuple which = Tuple.of(tenant.value(), Rows.parameter(from), Rows.parameter(to), limit);
        return tenants.run(tenant, c -> c.preparedQuery(PAST).execute(which))
                .map(rows ->
                        Rows.all(rows, row -> IncidentFactsReader.facts(row.getJsonObject(0))));
    }

    private static Feedback feedback(Row row) {
        return new Feedback(
                row.getUUID("id"),
                new Feedback.Subject(
                        row.getUUID("incident_id"), Optional.ofNullable(row.getUUID("anomaly_id"))),
                verdict(row),
                Optional.ofNullable(row.getString("cause")),
                row.getString("comment"),
                row.getString("actor"),
                Rows.time(row, "at"));
    }

    private static Concern concern(Row row) {
        return new Concern(
                row.getUUID("incident_id"),
                verdict(row),
                Rows.time(row, "at"),
                row.getString("cluster_id"),
                row.getString("node_id"),
                Optional.ofNullable(row.getString("metric_name")),
                row.getString("engine"),
                row.getDouble("score"));
    }

    private static Decision decision(Row row) {
        return new Decision(
                row.getString("decision"), row.getString("actor"), Rows.time(row, "at"));
    }

    private static Feedback.Verdict verdict(Row row) {
        return Feedback.Verdict.valueOf(row.getString("verdict").toUpperCase(Locale.ROOT));
    }
}

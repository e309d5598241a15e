package dev.vedette.timescale;

import dev.vedette.http.AuditEvent;
import dev.vedette.http.AuditStore;
import dev.vedette.http.Caller;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Changes in the table {@code audit_event}. */
@ApplicationScoped
public class TimescaleAuditStore implements AuditStore {
    private static final String COLUMNS =
            "id, at, tenant_id, subject, credential, action, object, request_id";
    private static final String INSERT =
            "INSERT INTO audit_event ("
                    + COLUMNS
                    + ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";

    private final TenantTransaction tenants;
    private final WorkerTransaction platform;

    TimescaleAuditStore(TenantTransaction tenants, WorkerTransaction platform) {
        this.tenants = tenants;
        this.platform = platform;
    }

    @Override
    public Uni<Void> add(AuditEvent event) {
        Tuple row =
                Tuple.tuple()
                        .addValue(event.id())
                        .addValue(Rows.parameter(event.at()))
                        .addValue(event.tenant().map(TenantId::value).orElse(null))
                        .addValue(event.subject())
                        .addValue(event.credential().map(Enum::name).orElse(null))
                        .addValue(event.action())
                        .addValue(event.object())
                        .addValue(event.requestId().orElse(null));
        return platform.run(c -> c.preparedQuery(INSERT).execute(row)).replaceWithVoid();
    }

    @Override
    public Uni<List<AuditEvent>> list(Question question, Optional<Place> after, int limit) {
        return question.tenant().isPresent()
                ? tenants.run(
                        question.tenant().get(),
                        c -> read(c, "scoped.audit_event", question, after, limit))
                : platform.run(c -> read(c, "audit_event", question, after, limit));
    }

    private static Uni<List<AuditEvent>> read(
            SqlConnection connection,
            String table,
            Question question,
            Optional<Place> after,
            int limit) {
        Conditions where = new Conditions();
        where.add("true");
        where.addIfPresent("tenant_id = ?", question.tenant().map(TenantId::value));
        where.addIfPresent("at >= ?", question.from().map(Rows::parameter));
        where.addIfPresent("at < ?", question.to().map(Rows::parameter));
        where.addIfPresent("subject = ?", question.subject());
        where.addIfPresent("object = ?", question.object());
        question.action()
                .ifPresent(action ->
                        where.add(
                                action.endsWith(".") ? "starts_with(action, ?)" : "action = ?",
                                action));
        after.ifPresent(place -> where.addBehind("at, id", place.at(), place.id()));
        String query =
                "SELECT "
                        + COLUMNS
                        + " FROM "
                        + table
                        + " WHERE "
                        + where.clauses()
                        + " ORDER BY at DESC, id DESC LIMIT "
                        + where.parameter(limit);
        return connection
                .preparedQuery(query)
                .execute(where.parameters())
                .map(rows -> Rows.all(rows, TimescaleAuditStore::event));
    }

    private static AuditEvent event(Row row) {
        return new AuditEvent(
                row.getUUID("id"),
                Rows.time(row, "at"),
                Optional.ofNullable(row.getString("tenant_id")).map(TenantId::new),
                row.getString("subject"),
                Optional.ofNullable(row.getString("credential")).map(Caller.Credential::valueOf),
                row.getString("action"),
                row.getString("object"),
                Optional.ofNullable(row.getString("request_id")));
    }
}

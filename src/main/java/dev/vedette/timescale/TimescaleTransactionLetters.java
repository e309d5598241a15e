package dev.vedette.timescale;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.intake.DeadLetters;
import dev.vedette.transaction.intake.Refused;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Refused items in the table {@code transaction_dead_letter}. */
@ApplicationScoped
public class TimescaleTransactionLetters implements DeadLetters {
    private static final String KEEP =
            """
            INSERT INTO %s.transaction_dead_letter (tenant_id, received_at, id, source, pointer,
                code, detail, fix, item)
            SELECT $1, received_at, id, source, pointer, code, detail, fix, item
            FROM jsonb_to_recordset($2::jsonb) AS r (received_at timestamptz, id uuid, source text,
                pointer text, code text, detail text, fix text, item text)
            """;
    private static final String KEEP_AS_TENANT = KEEP.formatted("scoped");
    private static final String KEEP_AS_WORKER = KEEP.formatted("public");
    private static final String LIST =
            "SELECT received_at, id, source, pointer, code, detail, fix, item"
                    + " FROM scoped.transaction_dead_letter WHERE ";

    private final TenantTransaction tenants;

    TimescaleTransactionLetters(TenantTransaction tenants) {
        this.tenants = tenants;
    }

    @Override
    public Uni<Void> keep(TenantId tenant, List<Letter> letters) {
        return tenants.run(tenant, connection -> keep(connection, KEEP_AS_TENANT, tenant, letters));
    }

    /** The same within a worker's transaction. */
    static Uni<Void> keep(SqlConnection connection, TenantId tenant, List<Letter> letters) {
        return letters.isEmpty()
                ? Uni.createFrom().voidItem()
                : keep(connection, KEEP_AS_WORKER, tenant, letters);
    }

    private static Uni<Void> keep(
            SqlConnection connection, String query, TenantId tenant, List<Letter> letters) {
        JsonArray rows = new JsonArray();
        letters.forEach(letter -> rows.add(row(letter)));
        return connection
                .preparedQuery(query)
                .execute(Tuple.of(tenant.value(), rows))
                .replaceWithVoid();
    }

    private static JsonObject row(Letter letter) {
        return new JsonObject()
                .put("received_at", letter.receivedAt().toString())
                .put("id", letter.id().toString())
                .put("source", letter.source())
                .put("pointer", storable(letter.reason().pointer()))
                .put("code", letter.reason().code())
                .put("detail", storable(letter.reason().detail()))
                .put("fix", letter.reason().fix())
                .put("item", storable(letter.item()));
    }

    // jsonb holds neither U+0000 nor half a surrogate pair
    private static String storable(String text) {
        StringBuilder storable = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c == 0 || (c >= 0xD800 && c <= 0xDFFF) ? 0xFFFD : c)
                .forEach(storable::appendCodePoint);
        return storable.toString();
    }

    @Override
    public Uni<List<Letter>> list(TenantId tenant, Optional<Position> after, int limit) {
        Conditions where = new Conditions();
        where.add("tenant_id = ?", tenant.value());
        after.ifPresent(
                place -> where.addBehind("received_at, id", place.receivedAt(), place.id()));
        String query =
                LIST
                        + where.clauses()
                        + " ORDER BY received_at DESC, id DESC LIMIT "
                        + where.parameter(limit);
        return tenants.run(
                tenant,
                connection ->
                        connection
                                .preparedQuery(query)
                                .execute(where.parameters())
                                .map(rows ->
                                        Rows.all(
                                                rows,
                                                row ->
                                                        new Letter(
                                                                row.getUUID("id"),
                                                                Rows.time(row, "received_at"),
                                                                row.getString("source"),
                                                                new Refused(
                                                                        row.getString("pointer"),
                                                                        row.getString("code"),
                                                                        row.getString("detail"),
                                                                        row.getString("fix")),
                                                                row.getString("item")))));
    }
}

package dev.vedette.timescale;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.DayPart;
import dev.vedette.transaction.Decision;
import dev.vedette.transaction.Outcome;
import dev.vedette.transaction.ReceivedTransaction;
import dev.vedette.transaction.Transaction;
import dev.vedette.transaction.scoring.StoredTransaction;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.Locale;

/** Rows of transactions as the domain has them. */
final class TransactionRows {
    /** What {@link #stored} reads. */
    static final String COLUMNS =
            """
            tenant_id, transaction_id, account_id, time, received_at, amount, currency, merchant,
            country, channel, attributes, day_part, schema_version, decided_at, score, outcome,
            reasons, parts, features, rules, versions, traces, explanation
            """;

    private TransactionRows() {}

    /**
     * The transactions of a query for all {@link #COLUMNS}, in its order. A row holds several
     * documents, so rows are read off the event loop.
     */
    static Uni<List<StoredTransaction>> list(
            TenantTransaction tenants, TenantId tenant, String query, Tuple parameters) {
        return tenants.run(
                        tenant, connection -> connection.preparedQuery(query).execute(parameters))
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(rows -> Rows.all(rows, TransactionRows::stored));
    }

    /** The transaction of a row with all {@link #COLUMNS}. */
    static StoredTransaction stored(Row row) {
        DecisionText explained = explained(row);
        return new StoredTransaction(
                received(row),
                new Decision(
                        row.getDouble("score"),
                        Outcome.of(row.getString("outcome")).orElseThrow(),
                        explained.reasons(),
                        TransactionJson.numbers(row.getJsonObject("parts")),
                        TransactionJson.texts(row.getJsonObject("versions"))),
                explained.features(),
                rules(row),
                Rows.time(row, "decided_at"));
    }

    private static DecisionText explained(Row row) {
        String text = row.getString("explanation");
        return text == null
                ? DecisionText.of(row.getJsonObject("features"), row.getJsonArray("reasons"))
                : DecisionText.read(text);
    }

    private static String rules(Row row) {
        String traces = row.getString("traces");
        return traces == null ? row.getJsonArray("rules").encode() : RuleTraces.objects(traces);
    }

    private static ReceivedTransaction received(Row row) {
        return new ReceivedTransaction(
                new TenantId(row.getString("tenant_id")),
                new Transaction(
                        row.getString("transaction_id"),
                        row.getString("account_id"),
                        Rows.time(row, "time"),
                        row.getDouble("amount"),
                        row.getString("currency"),
                        row.getString("merchant"),
                        row.getString("country"),
                        row.getString("channel"),
                        TransactionJson.attributes(row.getJsonObject("attributes"))),
                Rows.time(row, "received_at"),
                DayPart.valueOf(row.getString("day_part").toUpperCase(Locale.ROOT)),
                row.getInteger("schema_version"));
    }
}

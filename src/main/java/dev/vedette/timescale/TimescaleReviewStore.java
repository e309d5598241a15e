package dev.vedette.timescale;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.review.PaymentFeedback;
import dev.vedette.transaction.review.Precision;
import dev.vedette.transaction.review.ReviewStore;
import dev.vedette.transaction.scoring.StoredTransaction;
import dev.vedette.transaction.scoring.TransactionQueries;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Feedback on transactions, in {@code scoped.transaction_feedback}. */
@ApplicationScoped
class TimescaleReviewStore implements ReviewStore {
    private static final String ADD =
            """
            INSERT INTO scoped.transaction_feedback
                (tenant_id, transaction_id, time, verdict, comment, author, at)
            SELECT tenant_id, transaction_id, time, $3, $4, $5, $6 FROM scoped.transaction_key
            WHERE tenant_id = $1 AND transaction_id = $2\
            """;

    // The outer join tells a transaction of which nothing was said from none.
    private static final String WORDS =
            """
            SELECT k.transaction_id, f.verdict, f.comment, f.author, f.at
            FROM scoped.transaction_key k LEFT JOIN scoped.transaction_feedback f
                ON f.tenant_id = k.tenant_id AND f.transaction_id = k.transaction_id
            WHERE k.tenant_id = $1 AND k.transaction_id = $2 ORDER BY f.id DESC LIMIT $3\
            """;

    // MD5, as it is the same on every server; it hides nothing here.
    private static final String CHOSEN =
            """
            (outcome <> 'approve'
                OR ('x' || left(md5(transaction_id), 8))::bit(32)::bigint < ?)\
            """;
    private static final String UNSAID =
            """
            NOT EXISTS (SELECT 1 FROM scoped.transaction_feedback f
                WHERE f.tenant_id = t.tenant_id AND f.transaction_id = t.transaction_id)\
            """;

    private static final String NEWEST =
            """
            SELECT DISTINCT ON (transaction_id) transaction_id, verdict
            FROM scoped.transaction_feedback WHERE tenant_id = $1 AND transaction_id = ANY ($2)
            ORDER BY transaction_id, id DESC\
            """;

    private static final String PRECISION =
            """
            WITH newest AS (
                SELECT DISTINCT ON (transaction_id) transaction_id, time, verdict, at
                FROM scoped.transaction_feedback WHERE tenant_id = $1 AND at >= $2
                ORDER BY transaction_id, id DESC
            ), said AS (
                SELECT n.verdict, t.outcome, t.rules, t.versions, t.parts
                FROM (SELECT * FROM newest ORDER BY at DESC LIMIT $3) n
                JOIN scoped.transaction t ON t.tenant_id = $1 AND t.time = n.time
                    AND t.transaction_id = n.transaction_id
            ), spoke AS (
                SELECT 'rule' AS what, trace ->> 'rule' AS name, trace ->> 'mode' AS mode, verdict
                FROM said CROSS JOIN LATERAL jsonb_array_elements(rules) AS trace
                WHERE trace ->> 'answer' = 'true'
                UNION ALL
                SELECT 'model', versions ->> 'model', '', verdict FROM said
                WHERE outcome <> 'approve' AND versions ->> 'model' IS NOT NULL
                UNION ALL
                SELECT 'model', substr(key, length('shadow:') + 1), 'shadow', verdict
                FROM said CROSS JOIN LATERAL jsonb_each_text(parts)
                WHERE key LIKE 'shadow:%' AND value::float8 >= $4
                UNION ALL
                SELECT 'sample', '', '', verdict FROM said WHERE outcome = 'approve'
            )
            SELECT what, name, mode, count(*) FILTER (WHERE verdict = 'fraud') AS fraud,
                count(*) FILTER (WHERE verdict = 'legitimate') AS legitimate,
                count(*) FILTER (WHERE verdict = 'unsure') AS unsure
            FROM spoke GROUP BY what, name, mode ORDER BY what, name, mode\
            """;

    private final TenantTransaction tenants;

    TimescaleReviewStore(TenantTransaction tenants) {
        this.tenants = tenants;
    }

    @Override
    public Uni<Boolean> add(TenantId tenant, PaymentFeedback feedback) {
        Tuple row =
                Tuple.tuple()
                        .addValue(tenant.value())
                        .addValue(feedback.transactionId())
                        .addValue(feedback.verdict().label())
                        .addValue(feedback.comment())
                        .addValue(feedback.author())
                        .addValue(Rows.parameter(feedback.at()));
        return tenants.run(
                tenant,
                connection ->
                        connection
                                .preparedQuery(ADD)
                                .execute(row)
                                .map(done -> done.rowCount() > 0));
    }

    @Override
    public Uni<Optional<List<PaymentFeedback>>> of(TenantId tenant, String transactionId) {
        return tenants.list(
                        tenant,
                        WORDS,
                        Tuple.of(tenant.value(), transactionId, MOST_WORDS),
                        TimescaleReviewStore::word)
                .map(rows ->
                        rows.isEmpty()
                                ? Optional.empty()
                                : Optional.of(rows.stream().flatMap(Optional::stream).toList()));
    }

    private static Optional<PaymentFeedback> word(Row row) {
        return Optional.ofNullable(row.getString("verdict"))
                .map(verdict ->
                        new PaymentFeedback(
                                row.getString("transaction_id"),
                                verdict(verdict),
                                row.getString("comment"),
                                row.getString("author"),
                                Rows.time(row, "at")));
    }

    private static PaymentFeedback.Verdict verdict(String label) {
        return PaymentFeedback.Verdict.valueOf(label.toUpperCase(Locale.ROOT));
    }

    @Override
    public Uni<Map<String, PaymentFeedback.Verdict>> newest(
            TenantId tenant, Collection<String> transactionIds) {
        Tuple asked = Tuple.of(tenant.value(), transactionIds.toArray(String[]::new));
        return tenants.list(
                        tenant,
                        NEWEST,
                        asked,
                        row ->
                                Map.entry(
                                        row.getString("transaction_id"),
                                        verdict(row.getString("verdict"))))
                .map(said ->
                        said.stream()
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Override
    public Uni<List<StoredTransaction>> queue(
            TenantId tenant,
            double share,
            Instant since,
            Optional<TransactionQueries.Position> after,
            int limit) {
        Conditions where = new Conditions();
        where.add("tenant_id = ?", tenant.value());
        where.add("time >= ?", Rows.parameter(since));
        if (share > 0) {
            where.add(CHOSEN, (long) (share * (1L << 32)));
        } else {
            where.add("outcome <> 'approve'");
        }
        where.add(UNSAID);
        after.ifPresent(place -> where.addBehind("time, transaction_id", place.time(), place.id()));
        String query =
                "SELECT "
                        + TransactionRows.COLUMNS
                        + " FROM scoped.transaction t WHERE "
                        + where.clauses()
                        + " ORDER BY time DESC, transaction_id DESC LIMIT "
                        + where.parameter(limit);
        return TransactionRows.list(tenants, tenant, query, where.parameters());
    }

    @Override
    public Uni<List<Precision>> precision(TenantId tenant, Instant since, double review) {
        Tuple asked = Tuple.of(tenant.value(), Rows.parameter(since), MOST_REVIEWED, review);
        return tenants.list(tenant, PRECISION, asked, TimescaleReviewStore::precision);
    }

    private static Precision precision(Row row) {
        return new Precision(
                Precision.Kind.valueOf(row.getString("what").toUpperCase(Locale.ROOT)),
                row.getString("name"),
                row.getString("mode"),
                row.getLong("fraud"),
                row.getLong("legitimate"),
                row.getLong("unsure"));
    }
}

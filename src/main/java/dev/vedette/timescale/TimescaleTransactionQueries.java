package dev.vedette.timescale;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.Outcome;
import dev.vedette.transaction.scoring.StoredTransaction;
import dev.vedette.transaction.scoring.TransactionQueries;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Decided transactions, read from {@code scoped.transaction}. */
@ApplicationScoped
public class TimescaleTransactionQueries implements TransactionQueries {
    private static final String SELECT =
            "SELECT " + TransactionRows.COLUMNS + " FROM scoped.transaction WHERE ";

    // By way of the key, which knows the time and so the partition.
    private static final String FIND =
            SELECT
                    + """
                    tenant_id = $1 AND transaction_id = $2 AND time = (
                        SELECT k.time FROM scoped.transaction_key k
                        WHERE k.tenant_id = $1 AND k.transaction_id = $2)
                    """;

    private final TenantTransaction tenants;

    TimescaleTransactionQueries(TenantTransaction tenants) {
        this.tenants = tenants;
    }

    @Override
    public Uni<List<StoredTransaction>> list(
            TenantId tenant, Filter filter, Optional<Position> after, int limit) {
        Conditions where = new Conditions();
        where.add("tenant_id = ?", tenant.value());
        where.addIfPresent("time >= ?", filter.from().map(Rows::parameter));
        where.addIfPresent("time < ?", filter.to().map(Rows::parameter));
        where.addIfPresent("account_id = ?", filter.account());
        where.addIfPresent("merchant = ?", filter.merchant());
        where.addIfPresent("country = ?", filter.country());
        where.addIfPresent("channel = ?", filter.channel());
        where.addIfPresent("outcome = ?", filter.outcome().map(Outcome::label));
        if (filter.outcome().filter(one -> one != Outcome.APPROVE).isPresent()) {
            // spelled out for the partial index
            where.add("outcome <> 'approve'");
        }
        if (filter.minScore() > 0) {
            where.add("score >= ?", filter.minScore());
        }
        after.ifPresent(place -> where.addBehind("time, transaction_id", place.time(), place.id()));
        String query =
                SELECT
                        + where.clauses()
                        + " ORDER BY time DESC, transaction_id DESC LIMIT "
                        + where.parameter(limit);
        return TransactionRows.list(tenants, tenant, query, where.parameters());
    }

    @Override
    public Uni<Optional<StoredTransaction>> find(TenantId tenant, String id) {
        return tenants.find(tenant, FIND, Tuple.of(tenant.value(), id), TransactionRows::stored);
    }
}

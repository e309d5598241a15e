package dev.vedette.timescale;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A transaction that first takes a role, in the same round trip as it begins and its first
 * statement: were the role refused, what follows would be, too.
 */
final class RoleTransaction {
    private RoleTransaction() {}

    /**
     * Runs the work; commits when its Uni completes, rolls back when it fails.
     *
     * @param role the statement that takes the role until the transaction ends
     * @return the work's result, once committed; fails with {@link
     *     dev.vedette.ingestion.StorageUnavailableException} when the database cannot be reached
     */
    static <T> Uni<T> run(
            Pool pool, Function<SqlConnection, Uni<?>> role, Function<SqlConnection, Uni<T>> work) {
        return pool.withConnection(
                        connection -> {
                            Uni<Transaction> begun = connection.begin().memoize().indefinitely();
                            Uni<T> done =
                                    behind(
                                            behind(
                                                    begun,
                                                    role.apply(connection),
                                                    (_, taken) -> taken),
                                            work.apply(connection),
                                            (_, result) -> result);
                            return ended(begun, done);
                        })
                .onFailure(Failures::isUnavailable)
                .transform(Failures::unavailable);
    }

    private static <T> Uni<T> ended(Uni<Transaction> begun, Uni<T> work) {
        return work.onFailure()
                .call(() -> begun.chain(Transaction::rollback).onFailure().recoverWithNull())
                .call(() -> begun.chain(Transaction::commit));
    }

    /**
     * Sends the second statement behind the first without waiting for the first one's answer.
     *
     * @return both answers; fails when either fails
     */
    static <A, B, T> Uni<T> behind(
            Uni<A> first, Uni<B> second, BiFunction<? super A, ? super B, T> answers) {
        return Uni.combine().all().unis(first, second).with(answers::apply);
    }
}

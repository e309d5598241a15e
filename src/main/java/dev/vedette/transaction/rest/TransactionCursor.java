package dev.vedette.transaction.rest;

import dev.vedette.http.Cursors;
import dev.vedette.http.ProblemException;
import dev.vedette.http.ProblemKind;
import dev.vedette.transaction.scoring.StoredTransaction;
import dev.vedette.transaction.scoring.TransactionQueries;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Places in the list of transactions. */
final class TransactionCursor {
    private TransactionCursor() {}

    /** The cursor that continues after a transaction. */
    static String write(Cursors cursors, List<?> question, StoredTransaction last) {
        return cursors.encode(
                question,
                List.of(
                        last.received().transaction().time().toString(),
                        last.received().transaction().id()));
    }

    /** The place of a cursor. */
    static Optional<TransactionQueries.Position> read(
            Cursors cursors, List<?> question, Optional<String> cursor) {
        return cursors.decode(question, cursor).map(TransactionCursor::position);
    }

    private static TransactionQueries.Position position(List<String> place) {
        try {
            return new TransactionQueries.Position(Instant.parse(place.get(0)), place.get(1));
        } catch (DateTimeException | IndexOutOfBoundsException e) {
            throw ProblemException.of(ProblemKind.BAD_CURSOR, "the cursor holds no transaction");
        }
    }
}

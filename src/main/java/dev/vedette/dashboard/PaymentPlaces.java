package dev.vedette.dashboard;

import dev.vedette.http.Cursors;
import dev.vedette.http.ProblemException;
import dev.vedette.transaction.Transaction;
import dev.vedette.transaction.scoring.StoredTransaction;
import dev.vedette.transaction.scoring.TransactionQueries;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Places in lists of decided transactions, as links have them. */
final class PaymentPlaces {
    private final Cursors cursors;

    PaymentPlaces(Cursors cursors) {
        this.cursors = cursors;
    }

    /** The place after a transaction. */
    String after(List<?> question, StoredTransaction last) {
        Transaction of = last.received().transaction();
        return cursors.encode(question, List.of(of.time().toString(), of.id()));
    }

    /** The place of a link; a link that is no longer good leads to the beginning. */
    Optional<TransactionQueries.Position> of(List<?> question, Optional<String> cursor) {
        try {
            return cursors.decode(question, cursor)
                    .map(place ->
                            new TransactionQueries.Position(
                                    Instant.parse(place.get(0)), place.get(1)));
        } catch (ProblemException | DateTimeException | IndexOutOfBoundsException stale) {
            return Optional.empty();
        }
    }
}

package dev.vedette.dashboard;

import dev.vedette.transaction.Transaction;
import dev.vedette.transaction.scoring.StoredTransaction;
import dev.vedette.transaction.scoring.TransactionQueries;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Past payments of the account that are most like one: by the distance of their judged features,
 * each on the logarithmic scale that makes 1 to 2 as far as 10 to 20, and of their amounts; one for
 * each of merchant, country and channel that differs.
 */
final class SimilarPayments {
    private SimilarPayments() {}

    /** The account's payments. */
    static TransactionQueries.Filter before(Transaction of) {
        return new TransactionQueries.Filter(
                Optional.empty(),
                Optional.empty(),
                Optional.of(of.account()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0);
    }

    /** The most similar of the past, the nearest first, at most so many. */
    static List<StoredTransaction> of(
            StoredTransaction one, List<StoredTransaction> past, int most) {
        return past.stream()
                .sorted(Comparator.comparingDouble(other -> distance(one, other)))
                .limit(most)
                .toList();
    }

    private static double distance(StoredTransaction one, StoredTransaction other) {
        Transaction a = one.received().transaction();
        Transaction b = other.received().transaction();
        double distance = Math.abs(scaled(a.amount()) - scaled(b.amount()));
        for (String field : List.of("merchant", "country", "channel")) {
            distance += a.text(field).equals(b.text(field)) ? 0 : 1;
        }
        Map<String, Double> features = other.features();
        for (Map.Entry<String, Double> feature : one.features().entrySet()) {
            Double value = features.get(feature.getKey());
            distance +=
                    value == null ? 0 : Math.abs(scaled(feature.getValue()) - scaled(value)) / 5;
        }
        return distance;
    }

    private static double scaled(double value) {
        return Math.signum(value) * Math.log1p(Math.abs(value));
    }
}

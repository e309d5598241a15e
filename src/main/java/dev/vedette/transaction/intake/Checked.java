package dev.vedette.transaction.intake;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.ReceivedTransaction;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Items of one tenant that were checked; nothing of them is stored yet.
 *
 * @param tenant whose they are
 * @param accepted by place among the items
 * @param refused the others, by place
 * @param letters of the refused, as many as are kept
 */
public record Checked(
        TenantId tenant,
        NavigableMap<Integer, ReceivedTransaction> accepted,
        NavigableMap<Integer, Refused> refused,
        List<DeadLetters.Letter> letters) {
    /** Copies the collections. */
    public Checked {
        accepted = Collections.unmodifiableNavigableMap(new TreeMap<>(accepted));
        refused = Collections.unmodifiableNavigableMap(new TreeMap<>(refused));
        letters = List.copyOf(letters);
    }
}

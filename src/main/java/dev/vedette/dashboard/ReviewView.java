package dev.vedette.dashboard;

import java.util.List;
import java.util.Optional;

/**
 * What the page of payments that wait for a person shows.
 *
 * @param lead how many wait and why, in a sentence
 * @param first the one to be judged now; absent when none waits
 * @param next those after it, newest first
 * @param before the page of the one that was judged last; empty before
 */
public record ReviewView(
        String lead, Optional<Card> first, List<TransactionsView.Line> next, String before) {
    /**
     * The payment to be judged.
     *
     * @param payment as on its page
     * @param atRandom whether it was approved, and drawn at random
     * @param href its page
     * @param say where it is said what it was; empty when the reader may not
     * @param cursor the place in the queue before it; empty for its beginning
     * @param skip where the queue goes on after it
     */
    public record Card(
            TransactionView payment,
            boolean atRandom,
            String href,
            String say,
            String cursor,
            String skip) {}
}

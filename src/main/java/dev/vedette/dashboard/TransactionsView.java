package dev.vedette.dashboard;

import java.util.List;
import java.util.Optional;

/**
 * What the list of decided transactions shows.
 *
 * @param headline what it is, in a sentence
 * @param lead what was decided of those shown, in a sentence
 * @param account the filter's account; empty for any
 * @param outcomes the outcomes to choose from
 * @param filtered whether a filter leaves some out
 * @param lines the transactions, newest first
 * @param next where the list goes on; empty at its end
 * @param charts how payments went in the window; absent when there were none
 */
public record TransactionsView(
        String headline,
        String lead,
        String account,
        List<Choice> outcomes,
        boolean filtered,
        List<Line> lines,
        String next,
        Optional<PaymentCharts> charts) {
    /**
     * An outcome to choose.
     *
     * @param value of the form; empty for any
     * @param name in words
     * @param current whether it is the one chosen
     */
    public record Choice(String value, String name, boolean current) {}

    /**
     * One transaction as a row.
     *
     * @param at when it happened
     * @param score its score, marked by its outcome
     * @param amount with its currency
     * @param who who pays whom
     * @param outcome in words
     * @param why the weightiest reason; empty without any
     * @param href its page
     */
    public record Line(
            String at,
            ScoreMark score,
            String amount,
            String who,
            String outcome,
            String why,
            String href) {}
}

package dev.vedette.dashboard;

import java.util.List;

/**
 * What the page of one decided transaction shows.
 *
 * @param headline what was decided of what, in a sentence
 * @param score its score, marked by its outcome
 * @param meta facts beside the score
 * @param account who pays
 * @param accountHref the payments of that account
 * @param lead the weightiest reason in a sentence
 * @param reasons what spoke against it, the weightiest first
 * @param parts the score of each part that judged
 * @param together how the parts make the score
 * @param rules how each rule judged it, those that fired first
 * @param features what was known before it, those that are reasons first
 * @param details the transaction itself
 * @param versions what judged
 * @param said what people said of it, newest first; the first counts
 * @param sayHref where the reader says something; empty when they may not
 * @param similar past payments of the account that are most like it
 */
public record TransactionView(
        String headline,
        ScoreMark score,
        List<String> meta,
        String account,
        String accountHref,
        String lead,
        List<Why> reasons,
        List<Part> parts,
        String together,
        List<RuleLine> rules,
        List<Feature> features,
        List<Detail> details,
        List<Detail> versions,
        List<Said> said,
        String sayHref,
        List<TransactionsView.Line> similar) {
    /** What somebody said of it. */
    public record Said(String verdict, String comment, String by) {}

    /**
     * One reason.
     *
     * @param text in plain words
     * @param source what spoke
     * @param weight how much it had to do with the score, two decimals
     */
    public record Why(String text, String source, String weight) {}

    /**
     * What one part of the decision found.
     *
     * @param name of the part
     * @param saw what it looks at
     * @param score its score, two decimals
     */
    public record Part(String name, String saw, String score) {}

    /**
     * How one rule judged.
     *
     * @param name of the rule
     * @param version of it, in words
     * @param answer what came of it, in words
     * @param fired whether it was true
     * @param operands what each name in it stood for
     */
    public record RuleLine(
            String name, String version, String answer, boolean fired, List<Detail> operands) {}

    /**
     * One feature.
     *
     * @param name of it in rules
     * @param words what it says
     * @param value of this transaction
     * @param usual what is usual; empty where that is not known
     * @param strange whether it is a reason of the decision
     */
    public record Feature(String name, String words, String value, String usual, boolean strange) {}

    /** A name and what it stands for. */
    public record Detail(String name, String value) {}
}

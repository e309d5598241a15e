package dev.vedette.dashboard;

import java.util.List;
import java.util.Optional;

/**
 * What the page of rules shows.
 *
 * @param lines the rules by name
 * @param title what the form does
 * @param form what it holds
 * @param isNew whether it makes a new rule
 * @param problem why it was refused; empty when it was not
 * @param issues what is wrong with the expression, by position
 * @param checked that the expression is good, in a sentence; empty when nobody asked
 * @param trial what it would have done; absent when nobody asked
 * @param versions of the rule in the form, newest first
 * @param names what expressions may use
 * @param refused why the reader may not change rules; empty when they may
 */
public record RulesView(
        List<Line> lines,
        String title,
        RuleForm form,
        boolean isNew,
        String problem,
        List<Issue> issues,
        String checked,
        Optional<Trial> trial,
        List<Version> versions,
        List<String> names,
        String refused) {
    /**
     * One rule.
     *
     * @param effect what it does when it fires
     * @param state where its newest version stands, and whether it acts
     * @param precision how right it was, by what people said
     */
    public record Line(
            String name,
            String href,
            String expression,
            String effect,
            String state,
            String precision) {}

    /**
     * One fault.
     *
     * @param place line and column
     * @param code the line of the expression
     * @param caret blanks up to the place, then a mark
     */
    public record Issue(String place, String code, String caret, String detail, String fix) {}

    /**
     * What a rule would have done.
     *
     * @param lead on how many it would have fired
     * @param caught would have caught, in a sentence
     * @param hurt would have hurt, in a sentence
     * @param rest what it would have missed or could not answer, in a sentence
     * @param examples some it would have fired on, newest first
     */
    public record Trial(
            String lead,
            String caught,
            String hurt,
            String rest,
            List<TransactionsView.Line> examples) {}

    /**
     * A version of the rule.
     *
     * @param changes what changed from the version before
     */
    public record Version(
            String number, String state, String author, String at, List<Change> changes) {}

    /** One changed field. */
    public record Change(String field, String before, String after) {}
}

package dev.vedette.transaction.rule;

import dev.cel.common.CelIssue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the expression language found wrong, in words that help the person who wrote the rule. */
final class IssueWords {
    private static final Pattern OVERLOAD =
            Pattern.compile(
                    "found no matching overload for '([^']*)' applied to '\\(?([^')]*)\\)?");
    private static final Pattern RESULT =
            Pattern.compile("expected type 'bool' but found '([^']*)'");
    private static final int MOST_CHARACTERS = 200;

    private IssueWords() {}

    static RuleIssue of(CelIssue issue) {
        String said = issue.getMessage();
        // the language counts columns from 0
        int line = Math.max(1, issue.getSourceLocation().getLine());
        int column = Math.max(0, issue.getSourceLocation().getColumn()) + 1;
        Matcher overload = OVERLOAD.matcher(said);
        if (overload.find()) {
            return overload(line, column, overload.group(1), overload.group(2));
        }
        Matcher result = RESULT.matcher(said);
        if (result.find()) {
            return new RuleIssue(
                    line,
                    column,
                    "not_a_condition",
                    "the rule is " + words(result.group(1)) + ", not true or false",
                    "Compare it with something: amount > 1000.");
        }
        if (said.contains("recursion limit")) {
            return new RuleIssue(
                    line,
                    column,
                    "too_deep",
                    "the rule is nested too deeply",
                    "Take out parentheses, or split it into several rules.");
        }
        return new RuleIssue(
                line,
                column,
                "syntax",
                said.substring(0, Math.min(MOST_CHARACTERS, said.length())),
                "Look at the place: a bracket, quotation mark or operand may be missing there.");
    }

    private static RuleIssue overload(int line, int column, String function, String types) {
        String operator = function.replace("_", "").replace("@", "");
        boolean mixed = types.contains("double") && types.contains("int");
        return new RuleIssue(
                line,
                column,
                "wrong_type",
                "'" + operator + "' does not take " + words(types),
                mixed
                        ? "Write the number with a decimal point: 5.0 instead of 5."
                        : "Both sides must be of the same kind; see GET /api/v1/features for what"
                                + " each name is.");
    }

    private static String words(String types) {
        return types.replace("double", "number")
                .replace("int", "whole number")
                .replace("string", "text")
                .replace("bool", "true or false")
                .replace("google.protobuf.Timestamp", "time")
                .replace(", ", " and ");
    }
}

package dev.vedette.transaction.rule;

import java.util.regex.Pattern;

/**
 * A rule as a person wrote it.
 *
 * @param name 1 to 64 characters of {@code a-z 0-9 - _}, starting with a letter
 * @param description for people, up to {@value #MOST_DESCRIPTION} characters; becomes the reason
 *     when the rule fires, unless it is empty
 * @param expression see {@link RuleCompiler}
 * @param mode whether it acts
 * @param effect what it does when it fires
 */
public record Rule(
        String name, String description, String expression, RuleMode mode, RuleEffect effect) {
    /** Longest description, in UTF-16 characters. */
    public static final int MOST_DESCRIPTION = 500;

    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9_-]{0,63}");

    /**
     * Checks name and description.
     *
     * @throws IllegalArgumentException when one has another form
     */
    public Rule {
        if (!FORM.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a rule's name must be 1 to 64 characters of a-z, 0-9, '-' and '_', starting"
                            + " with a letter");
        }
        if (description.length() > MOST_DESCRIPTION || description.indexOf(0) >= 0) {
            throw new IllegalArgumentException(
                    "a rule's description must have at most "
                            + MOST_DESCRIPTION
                            + " characters, none of them U+0000");
        }
    }

    /** What is told when it fires. */
    public String reason() {
        return description.isEmpty() ? "rule " + name : description;
    }
}

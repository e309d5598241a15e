package dev.vedette.dashboard;

import dev.vedette.transaction.Outcome;
import dev.vedette.transaction.rule.Rule;
import dev.vedette.transaction.rule.RuleEffect;
import dev.vedette.transaction.rule.RuleMode;
import java.util.Optional;
import java.util.function.Function;

/**
 * The form of one rule, as a person filled it in.
 *
 * @param name of the rule
 * @param description for people
 * @param expression the condition
 * @param mode enabled, shadow or off
 * @param effect score, or the outcome it demands
 * @param score the number behind the effect score
 */
public record RuleForm(
        String name,
        String description,
        String expression,
        String mode,
        String effect,
        String score) {
    private static final String SCORE = "score";

    /** The form of those fields; what is not there is as in an empty form. */
    static RuleForm of(Function<String, Optional<String>> sent) {
        return new RuleForm(
                sent.apply("name").map(String::strip).orElse(""),
                sent.apply("description").orElse(""),
                sent.apply("expression").orElse(""),
                sent.apply("mode").orElse(RuleMode.ENABLED.label()),
                sent.apply("effect").orElse(Outcome.REVIEW.label()),
                sent.apply(SCORE).map(String::strip).orElse(""));
    }

    /** The form of a stored rule. */
    static RuleForm of(Rule rule) {
        return switch (rule.effect()) {
            case RuleEffect.Score(double value) -> form(rule, SCORE, Double.toString(value));
            case RuleEffect.Decide(Outcome outcome) -> form(rule, outcome.label(), "");
        };
    }

    private static RuleForm form(Rule rule, String effect, String score) {
        return new RuleForm(
                rule.name(),
                rule.description(),
                rule.expression(),
                rule.mode().label(),
                effect,
                score);
    }

    /**
     * The rule it describes; its expression is not checked.
     *
     * @throws IllegalArgumentException when a field cannot be taken; the message says which and
     *     why, in that language where the form finds out
     */
    Rule rule(Language language) {
        return new Rule(
                name,
                description,
                expression,
                RuleMode.of(mode)
                        .orElseThrow(
                                () -> new IllegalArgumentException(language.say("rules.noMode"))),
                ruleEffect(language));
    }

    private RuleEffect ruleEffect(Language language) {
        if (!effect.equals(SCORE)) {
            return new RuleEffect.Decide(
                    Outcome.of(effect)
                            .orElseThrow(() ->
                                    new IllegalArgumentException(language.say("rules.noEffect"))));
        }
        try {
            return new RuleEffect.Score(Double.parseDouble(score));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(language.say("rules.noScore"), e);
        }
    }
}

package dev.vedette.transaction.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vedette.http.ApiTime;
import dev.vedette.http.Problem;
import dev.vedette.http.ProblemException;
import dev.vedette.http.TimeFormat;
import dev.vedette.transaction.Outcome;
import dev.vedette.transaction.rule.Rule;
import dev.vedette.transaction.rule.RuleEffect;
import dev.vedette.transaction.rule.RuleExpressionException;
import dev.vedette.transaction.rule.RuleIssue;
import dev.vedette.transaction.rule.RuleMode;
import dev.vedette.transaction.rule.RuleVersion;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How rules look in the API. */
final class RuleJson {
    private RuleJson() {}

    /**
     * A rule as it is sent; exactly one of score and outcome.
     *
     * @param name when it is new
     * @param mode enabled, shadow or off; enabled if left out
     */
    @Schema(name = "WrittenRule")
    record Posted(
            @Schema(examples = "big-abroad") Optional<String> name,
            @Schema(
                            examples = "amount > 1000 && country != 'DE'",
                            description = "See docs/rules.md; the names are at GET /features")
                    String expression,
            @Schema(examples = "large and abroad") Optional<String> description,
            @Schema(examples = "enabled") Optional<String> mode,
            @Schema(examples = "0.8") Optional<Double> score,
            @Schema(examples = "review") Optional<String> outcome) {
        /** The rule under the name it brings. */
        Rule readNew() {
            return read(
                    name.orElseThrow(() ->
                            ProblemException.invalid(
                                    "/name",
                                    "required",
                                    "a new rule needs a name",
                                    "send a name such as big-abroad")));
        }

        /** The rule under that name. */
        Rule read(String name) {
            RuleMode acts =
                    mode.map(label ->
                                    RuleMode.of(label)
                                            .orElseThrow(
                                                    () -> unknown("/mode", "enabled, shadow, off")))
                            .orElse(RuleMode.ENABLED);
            try {
                return new Rule(name, description.orElse(""), expression, acts, effect());
            } catch (IllegalArgumentException e) {
                throw ProblemException.invalid(
                        "",
                        "invalid_value",
                        String.valueOf(e.getMessage()),
                        "send name, description and score within their limits");
            }
        }

        private RuleEffect effect() {
            if (score.isPresent() == outcome.isPresent()) {
                throw ProblemException.invalid(
                        "/score",
                        "one_of",
                        "a rule has either a score or an outcome",
                        "send exactly one of score and outcome");
            }
            return score.<RuleEffect>map(RuleEffect.Score::new)
                    .orElseGet(() ->
                            new RuleEffect.Decide(
                                    outcome.flatMap(Outcome::of)
                                            .orElseThrow(() ->
                                                    unknown(
                                                            "/outcome",
                                                            "approve, review, decline"))));
        }

        private static ProblemException unknown(String pointer, String known) {
            return ProblemException.invalid(
                    pointer,
                    "unknown_value",
                    pointer.substring(1) + " must be one of " + known,
                    "send one of " + known);
        }
    }

    /** A version of a rule. */
    @Schema(name = "Rule")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Version(
            String name,
            int version,
            @Schema(examples = "published") String state,
            String description,
            String expression,
            String mode,
            Optional<Double> score,
            Optional<String> outcome,
            String author,
            ApiTime changedAt) {
        static Version of(RuleVersion version, TimeFormat format) {
            Rule rule = version.rule();
            RuleEffect effect = rule.effect();
            return new Version(
                    rule.name(),
                    version.version(),
                    version.state().label(),
                    rule.description(),
                    rule.expression(),
                    rule.mode().label(),
                    effect instanceof RuleEffect.Score(double value)
                            ? Optional.of(value)
                            : Optional.empty(),
                    effect instanceof RuleEffect.Decide(Outcome outcome)
                            ? Optional.of(outcome.label())
                            : Optional.empty(),
                    version.author(),
                    new ApiTime(version.at(), format));
        }
    }

    /** What is wrong with an expression. */
    @Schema(name = "RuleIssue")
    record Issue(
            @Schema(examples = "1") int line,
            @Schema(examples = "15") int column,
            @Schema(examples = "unknown_name") String code,
            @Schema(examples = "there is no 'amuont'") String detail,
            @Schema(examples = "Did you mean 'amount'?") String fix) {
        static Issue of(RuleIssue issue) {
            return new Issue(
                    issue.line(), issue.column(), issue.code(), issue.detail(), issue.fix());
        }
    }

    /** The refusal of an expression: the place is told in the detail. */
    static ProblemException refusal(RuleExpressionException e) {
        List<Problem.Violation> errors =
                e.issues().stream()
                        .map(issue ->
                                new Problem.Violation(
                                        "/expression",
                                        issue.code(),
                                        "line "
                                                + issue.line()
                                                + ", column "
                                                + issue.column()
                                                + ": "
                                                + issue.detail(),
                                        issue.fix()))
                        .toList();
        return ProblemException.invalid(errors);
    }
}

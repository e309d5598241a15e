package dev.vedette.dashboard;

import dev.vedette.transaction.review.Precision;
import dev.vedette.transaction.rule.Rule;
import dev.vedette.transaction.rule.RuleDiff;
import dev.vedette.transaction.rule.RuleEffect;
import dev.vedette.transaction.rule.RuleIssue;
import dev.vedette.transaction.rule.RuleMode;
import dev.vedette.transaction.rule.RuleVersion;
import dev.vedette.transaction.scoring.RuleBacktest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the page of rules: which words, which order. */
final class RuleMaker {
    private final Clock clock;
    private final Language language;

    RuleMaker(Clock clock) {
        this.clock = clock;
        this.language = clock.language();
    }

    /**
     * What came of checking or trying the form.
     *
     * @param problem why it was refused; empty when it was not
     * @param issues of its expression
     * @param checked that the expression is good; empty when nobody asked
     * @param trial what it would have done
     */
    record News(
            String problem, List<RuleIssue> issues, String checked, Optional<RuleBacktest> trial) {
        static final News NONE = new News("", List.of(), "", Optional.empty());

        static News problem(String text) {
            return new News(text, List.of(), "", Optional.empty());
        }

        static News issues(List<RuleIssue> issues) {
            return new News("", issues, "", Optional.empty());
        }

        static News checked(String sentence) {
            return new News("", List.of(), sentence, Optional.empty());
        }

        static News tried(RuleBacktest trial) {
            return new News("", List.of(), "", Optional.of(trial));
        }
    }

    /**
     * The page.
     *
     * @param versions of the rule in the form, newest first; none while it is new
     * @param names what expressions may use
     */
    RulesView view(
            List<RuleVersion> rules,
            List<Precision> precision,
            RuleForm form,
            News news,
            List<RuleVersion> versions,
            List<String> names,
            boolean mayEdit) {
        boolean isNew = versions.isEmpty();
        return new RulesView(
                rules.stream().map(rule -> line(rule, precision)).toList(),
                isNew ? language.say("rules.write") : language.say("rules.change", form.name()),
                form,
                isNew,
                news.problem(),
                news.issues().stream().map(issue -> issue(issue, form.expression())).toList(),
                news.checked(),
                news.trial().map(this::trial),
                versions(versions),
                names,
                mayEdit ? "" : language.say("rules.forEditors"));
    }

    private RulesView.Line line(RuleVersion version, List<Precision> precision) {
        Rule rule = version.rule();
        String mode =
                rule.mode() == RuleMode.ENABLED
                        ? ""
                        : ", " + language.say("mode." + rule.mode().label());
        return new RulesView.Line(
                rule.name(),
                Links.rule(rule.name()),
                rule.expression(),
                effect(rule.effect()),
                language.say("draft." + version.state().label()) + mode,
                PrecisionWords.of(precision, Precision.Kind.RULE, rule.name(), language));
    }

    private String effect(RuleEffect effect) {
        return switch (effect) {
            case RuleEffect.Score(double value) ->
                    language.say("rule.score", language.score(value));
            case RuleEffect.Decide(var outcome) -> PaymentWords.outcome(outcome, language);
        };
    }

    private RulesView.Issue issue(RuleIssue issue, String expression) {
        List<String> lines = expression.lines().toList();
        String code = issue.line() <= lines.size() ? lines.get(issue.line() - 1) : "";
        int blanks = Math.clamp(issue.column() - 1L, 0, code.length());
        return new RulesView.Issue(
                language.say(
                        "rules.place",
                        Integer.toString(issue.line()),
                        Integer.toString(issue.column())),
                code,
                " ".repeat(blanks) + "^",
                issue.detail(),
                issue.fix());
    }

    private RulesView.Trial trial(RuleBacktest trial) {
        return new RulesView.Trial(
                language.say(
                        trial.isComplete() ? "trial.of" : "trial.ofNewest",
                        trial.evaluated(),
                        Figures.whole(trial.evaluated()),
                        Figures.whole(trial.fired())),
                language.say("trial.caught", Figures.whole(trial.caught())),
                language.say("trial.hurt", Figures.whole(trial.hurt())),
                language.say(
                        "trial.missed",
                        Figures.whole(trial.missed()),
                        Figures.whole(trial.unknown())),
                trial.examples().stream().map(one -> TransactionPages.line(clock, one)).toList());
    }

    private List<RulesView.Version> versions(List<RuleVersion> newestFirst) {
        List<RulesView.Version> lines = new ArrayList<>();
        for (int i = 0; i < newestFirst.size(); i++) {
            RuleVersion one = newestFirst.get(i);
            List<RulesView.Change> changes =
                    i + 1 == newestFirst.size()
                            ? List.of()
                            : RuleDiff.between(newestFirst.get(i + 1).rule(), one.rule()).stream()
                                    .map(c ->
                                            new RulesView.Change(c.field(), c.before(), c.after()))
                                    .toList();
            lines.add(
                    new RulesView.Version(
                            language.say("payment.version", Integer.toString(one.version())),
                            language.say("draft." + one.state().label()),
                            one.author(),
                            clock.dayTime(one.at()),
                            changes));
        }
        return lines;
    }
}

package dev.vedette.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.AttributeValue;
import dev.vedette.transaction.Attributes;
import dev.vedette.transaction.DayPart;
import dev.vedette.transaction.Decision;
import dev.vedette.transaction.Outcome;
import dev.vedette.transaction.Reason;
import dev.vedette.transaction.ReceivedTransaction;
import dev.vedette.transaction.Transaction;
import dev.vedette.transaction.feature.FeatureSet;
import dev.vedette.transaction.intake.TransactionSchema;
import dev.vedette.transaction.review.PaymentFeedback;
import dev.vedette.transaction.review.Precision;
import dev.vedette.transaction.rule.Rule;
import dev.vedette.transaction.rule.RuleCompiler;
import dev.vedette.transaction.rule.RuleEffect;
import dev.vedette.transaction.rule.RuleExpressionException;
import dev.vedette.transaction.rule.RuleMode;
import dev.vedette.transaction.rule.RuleVersion;
import dev.vedette.transaction.scoring.FactSheet;
import dev.vedette.transaction.scoring.RuleBacktest;
import dev.vedette.transaction.scoring.StoredTransaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TransactionMakerTest {
    private static final String RULES =
            """
            [{"rule":"quiet","version":2,"mode":"enabled","answer":"false","operands":{"amount":4870.125},"score":0.4},
             {"rule":"lost","version":1,"mode":"enabled","answer":"unknown","operands":{},"outcome":"review","unknown":"country"},
             {"rule":"trial","version":3,"mode":"shadow","answer":"true","operands":{"channel":"app"},"outcome":"decline"}]\
            """;

    private static StoredTransaction stored() {
        Transaction of =
                new Transaction(
                        "p-1",
                        "acc-1",
                        PageFixture.NOW.minusSeconds(60),
                        4870,
                        "EUR",
                        "<b>",
                        null,
                        "app",
                        Attributes.of(Map.of("device", new AttributeValue.Text("d-9"))));
        Decision decision =
                new Decision(
                        0.58,
                        Outcome.REVIEW,
                        List.of(
                                new Reason("models", "the combination is unusual", 0.3),
                                new Reason(
                                        "statistics:ratio_to_mean_30d", "the amount is high", 0.7)),
                        new TreeMap<>(Map.of("statistics", 0.5, "models", 0.42, "shadow:4", 0.1)),
                        new TreeMap<>(Map.of("model", "3", "schema", "0")));
        return new StoredTransaction(
                new ReceivedTransaction(
                        new TenantId("t"), of, PageFixture.NOW, DayPart.AFTERNOON, 0),
                decision,
                new TreeMap<>(
                        Map.of(
                                "count_1h",
                                3.0,
                                "ratio_to_mean_30d",
                                10.0,
                                "new_country",
                                1.0,
                                "gone",
                                0.25)),
                RULES,
                PageFixture.NOW);
    }

    private static TransactionView view() {
        return new TransactionMaker(PageFixture.CLOCK, FeatureSet.STANDARD)
                .page(
                        stored(),
                        List.of(
                                new PaymentFeedback(
                                        "p",
                                        PaymentFeedback.Verdict.FRAUD,
                                        "<i>stolen</i>",
                                        "ann",
                                        PageFixture.NOW)),
                        List.of(stored()),
                        true);
    }

    private static RuleMaker.News news(String expression) {
        try {
            var names = FactSheet.names(TransactionSchema.OPEN, List.of("count_1h"));
            return RuleMaker.News.checked(
                    String.join(", ", new RuleCompiler(names).compile(expression).names()));
        } catch (RuleExpressionException e) {
            return RuleMaker.News.issues(e.issues());
        }
    }

    private static RulesView rules(RuleForm form, RuleMaker.News news) {
        RuleVersion first = version(1, "amount > 1.0", RuleVersion.State.REPLACED);
        RuleVersion second = version(2, "amount > 2.0", RuleVersion.State.PUBLISHED);
        return new RuleMaker(PageFixture.CLOCK)
                .view(
                        List.of(second),
                        List.of(
                                new Precision(Precision.Kind.RULE, "big", "enabled", 3, 1, 0),
                                new Precision(Precision.Kind.RULE, "big", "shadow", 1, 1, 0)),
                        form,
                        news,
                        List.of(second, first),
                        List.of("amount"),
                        true);
    }

    private static RuleVersion version(int number, String expression, RuleVersion.State state) {
        Rule rule =
                new Rule(
                        "big",
                        "",
                        expression,
                        RuleMode.ENABLED,
                        new RuleEffect.Decide(Outcome.REVIEW));
        return new RuleVersion(number, rule, state, "ann", PageFixture.NOW);
    }

    @Test
    void faultOfARuleIsShownAtItsPlaceWithItsRemedy() {
        RuleForm form = new RuleForm("big", "", "amout > 5.0", "enabled", "review", "");
        RulesView.Issue issue = rules(form, news(form.expression())).issues().getFirst();
        assertEquals("amout > 5.0", issue.code());
        assertEquals("^", issue.caret());
        assertEquals("line 1, column 1", issue.place());
        String page = render("rules", rules(form, news(form.expression())));
        assertTrue(page.contains("amout &gt; 5.0\n^"), page);
        assertTrue(page.contains("<ins>amount &gt; 2.0</ins>"), page);
        assertTrue(
                page.contains("3 of 4 were fraud, 0.75; in shadow 1 of 2 was fraud, 0.50"), page);
    }

    @Test
    void trialSaysWhatARuleWouldHaveCaughtAndHurt() {
        RuleForm form = new RuleForm("big", "", "amount > 5.0", "enabled", "review", "");
        RuleBacktest trial = new RuleBacktest(1234, false, 12, 5, 7, 3, 2, List.of(stored()));
        String page = render("rules", rules(form, RuleMaker.News.tried(trial)));
        assertTrue(page.contains("Would have caught 5 that"), page);
        assertTrue(page.contains("Would have hurt 7 that"), page);
        assertEquals(List.of(), rules(form, news(form.expression())).issues());
    }

    @Test
    void reasonsStandByWeightAndTheFirstLeads() {
        assertEquals("The amount is high.", view().lead());
        assertEquals(
                List.of("0.70", "0.30"),
                view().reasons().stream().map(TransactionView.Why::weight).toList());
        assertEquals("4\u202f870.00\u202fEUR to <b> is for a person to review.", view().headline());
    }

    @Test
    void featureThatIsAReasonStandsFirstWithWhatIsUsual() {
        assertEquals(
                new TransactionView.Feature(
                        "ratio_to_mean_30d",
                        "amount against the mean of the account within 30d",
                        "10 times",
                        "487.00 on average",
                        true),
                view().features().getFirst());
        assertEquals(
                List.of("ratio_to_mean_30d", "count_1h", "new_country", "gone"),
                view().features().stream().map(TransactionView.Feature::name).toList());
    }

    @Test
    void ruleThatFiredInShadowSaysThatItHadNoEffect() {
        assertEquals(
                List.of(
                        "fired in shadow, without effect: decline",
                        "did not fire",
                        "did not fire: unknown country"),
                view().rules().stream().map(TransactionView.RuleLine::answer).toList());
        assertEquals(
                List.of(new TransactionView.Detail("amount", "4870.125")),
                view().rules().get(1).operands());
    }

    @Test
    void versionsSayWhatJudged() {
        assertEquals(
                List.of(
                        new TransactionView.Detail("Model", "version 3"),
                        new TransactionView.Detail("Schema", "built in")),
                view().versions());
        assertEquals("what they find is put together", view().together());
    }

    @Test
    void pagesEscapeWhatWasSent() {
        String page = render("transaction", view());
        assertTrue(page.contains("EUR to &lt;b&gt; is for a person"), page);
        assertTrue(page.contains("<b>It was fraud.</b> &lt;i&gt;stolen"), page);
        assertTrue(page.contains("a model on trial, without effect"), page);
        TransactionsView none =
                new TransactionsView(
                        "Payments",
                        "None.",
                        "\"><b>",
                        List.of(),
                        true,
                        List.of(),
                        "",
                        Optional.empty());
        String list = render("transactions", none);
        assertTrue(list.contains("value=\"&quot;&gt;&lt;b&gt;\""), list);
        assertTrue(list.contains("No payment fits."), list);
    }

    private static String render(String name, Object view) {
        return TemplateEngine.create()
                .getTemplate("pages/" + name)
                .data("frame", PageFixture.frame("Page", PageFixture.DAY, "/" + name))
                .data("view", view)
                .render();
    }
}

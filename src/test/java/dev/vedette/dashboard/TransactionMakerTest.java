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
import dev.vedette.transaction.scoring.StoredTransaction;
import java.util.List;
import java.util.Map;
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
        return new TransactionMaker(PageFixture.CLOCK, FeatureSet.STANDARD).page(stored());
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
        assertTrue(page.contains("a model on trial, without effect"), page);
        TransactionsView none =
                new TransactionsView("Payments", "None.", "\"><b>", List.of(), true, List.of(), "");
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

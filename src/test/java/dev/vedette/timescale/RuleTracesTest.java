package dev.vedette.timescale;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vedette.transaction.Outcome;
import dev.vedette.transaction.rule.RuleEffect;
import dev.vedette.transaction.rule.RuleMode;
import dev.vedette.transaction.rule.RuleTrace;
import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class RuleTracesTest {
    private static RuleTrace trace(
            String name, RuleEffect effect, RuleTrace.Answer answer, Map<String, Object> operands) {
        return new RuleTrace(
                name, 3, RuleMode.SHADOW, effect, "why", answer, new TreeMap<>(operands), "");
    }

    private static final RuleTrace DEAR =
            trace(
                    "dear \"things\"",
                    new RuleEffect.Score(0.25),
                    RuleTrace.Answer.TRUE,
                    Map.of("amount", 12.5, "country", "DE", "vip", true, "count", 4L));
    private static final RuleTrace ABROAD =
            new RuleTrace(
                    "abroad",
                    1,
                    RuleMode.ENABLED,
                    new RuleEffect.Decide(Outcome.REVIEW),
                    "",
                    RuleTrace.Answer.UNKNOWN,
                    new TreeMap<>(
                            Map.of(
                                    "amount",
                                    12.5,
                                    "time",
                                    Instant.parse("2026-11-20T10:00:00Z"),
                                    "attributes.tags",
                                    List.of("a", "b"))),
                    "account.home_country");

    @Test
    void eachRuleHasItsOperandsAgainWhereATransactionIsRead() {
        assertEquals(
                new JsonArray(
                        """
                        [{"rule":"dear \\"things\\"","version":3,"mode":"shadow","answer":"true",
                          "operands":{"amount":12.5,"count":4,"country":"DE","vip":true},"score":0.25},
                         {"rule":"abroad","version":1,"mode":"enabled","answer":"unknown",
                          "operands":{"amount":12.5,"attributes.tags":["a","b"],
                                      "time":"2026-11-20T10:00:00Z"},
                          "outcome":"review","unknown":"account.home_country"}]
                        """),
                new JsonArray(RuleTraces.objects(RuleTraces.text(List.of(DEAR, ABROAD)))));
        assertEquals("[]", RuleTraces.objects(RuleTraces.text(List.of())));
    }

    @Test
    void whatANameStoodForIsSaidOnce() {
        String text = RuleTraces.text(List.of(DEAR, ABROAD));
        assertEquals(text.indexOf("\"amount\""), text.lastIndexOf("\"amount\""));
    }

    @Test
    void aNameThatStandsForTwoKeepsBoth() {
        RuleTrace other =
                trace(
                        "other",
                        new RuleEffect.Score(1),
                        RuleTrace.Answer.FALSE,
                        Map.of("amount", 13.0));
        JsonArray read = new JsonArray(RuleTraces.objects(RuleTraces.text(List.of(DEAR, other))));
        assertEquals(12.5, read.getJsonObject(0).getJsonObject("operands").getDouble("amount"));
        assertEquals(13.0, read.getJsonObject(1).getJsonObject("operands").getDouble("amount"));
    }

    @Test
    void onlyThoseThatFiredAreCounted() {
        assertEquals(
                """
                [{"rule":"dear \\"things\\"","version":3,"mode":"shadow","answer":"true"}]\
                """,
                RuleTraces.fired(List.of(ABROAD, DEAR)));
        assertEquals("[]", RuleTraces.fired(List.of(ABROAD)));
    }
}

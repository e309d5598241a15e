package dev.vedette.transaction.scoring;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.AttributeValue;
import dev.vedette.transaction.Attributes;
import dev.vedette.transaction.DayPart;
import dev.vedette.transaction.Decision;
import dev.vedette.transaction.Outcome;
import dev.vedette.transaction.Reason;
import dev.vedette.transaction.ReceivedTransaction;
import dev.vedette.transaction.Transaction;
import dev.vedette.transaction.rule.RuleEffect;
import dev.vedette.transaction.rule.RuleMode;
import dev.vedette.transaction.rule.RuleTrace;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Transactions as tests need them. */
public final class TransactionSamples {
    private TransactionSamples() {}

    public static ReceivedTransaction payment(
            TenantId tenant, String id, String account, double amount, Instant time) {
        return payment(tenant, id, account, "shop", amount, time);
    }

    public static ReceivedTransaction payment(
            TenantId tenant,
            String id,
            String account,
            String merchant,
            double amount,
            Instant time) {
        return new ReceivedTransaction(
                tenant,
                new Transaction(
                        id,
                        account,
                        time,
                        amount,
                        "EUR",
                        merchant,
                        "DE",
                        "pos",
                        Attributes.of(
                                Map.of(
                                        "device", new AttributeValue.Text("d1"),
                                        "risk", new AttributeValue.Numeric(0.25),
                                        "vip", new AttributeValue.Flag(true)))),
                time.plusMillis(5),
                DayPart.of(time, ZoneOffset.UTC),
                1);
    }

    public static List<JudgedTransaction> judged(
            List<ReceivedTransaction> received, Outcome outcome) {
        return received.stream().map(one -> judged(one, outcome, Map.of("schema", "1"))).toList();
    }

    /** The same, decided by a model of that version. */
    public static List<JudgedTransaction> judged(
            List<ReceivedTransaction> received, Outcome outcome, String model) {
        return received.stream()
                .map(one -> judged(one, outcome, Map.of("schema", "1", "model", model)))
                .toList();
    }

    private static JudgedTransaction judged(
            ReceivedTransaction received, Outcome outcome, Map<String, String> versions) {
        Decision decision =
                new Decision(
                        0.75,
                        outcome,
                        List.of(new Reason("rule:big", "too big", 0.5)),
                        new TreeMap<>(Map.of("rules", 0.75)),
                        new TreeMap<>(versions));
        RuleTrace trace =
                new RuleTrace(
                        "big",
                        2,
                        RuleMode.ENABLED,
                        new RuleEffect.Score(0.75),
                        "too big",
                        RuleTrace.Answer.TRUE,
                        new TreeMap<>(Map.of("amount", received.transaction().amount())),
                        "");
        return new JudgedTransaction(
                received,
                decision,
                new TreeMap<>(Map.of("count_1h", 3.0)),
                List.of(trace),
                received.receivedAt().plusMillis(7));
    }
}

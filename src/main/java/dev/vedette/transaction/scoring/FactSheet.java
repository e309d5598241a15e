package dev.vedette.transaction.scoring;

import dev.vedette.transaction.AttributeValue;
import dev.vedette.transaction.ReceivedTransaction;
import dev.vedette.transaction.Transaction;
import dev.vedette.transaction.intake.FieldRule;
import dev.vedette.transaction.intake.TransactionSchema;
import dev.vedette.transaction.rule.FactNames;
import dev.vedette.transaction.rule.FactType;
import dev.vedette.transaction.rule.Facts;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** What rules see of a transaction: the names, and their values. */
public final class FactSheet {
    /** Country most of the account's transactions come from. */
    static final String HOME_COUNTRY = "account.home_country";

    private static final String ATTRIBUTES = "attributes.";
    private static final String FEATURES = "features.";

    private FactSheet() {}

    /**
     * The names a tenant's rules may use.
     *
     * @param schema says which attributes there are; others cannot be named
     * @param features names of the features
     */
    public static FactNames names(TransactionSchema schema, Collection<String> features) {
        Map<String, FactType> types = new TreeMap<>();
        for (String text :
                new String[] {
                    "transaction_id",
                    "account_id",
                    "currency",
                    "merchant",
                    "country",
                    "channel",
                    "day_part",
                    HOME_COUNTRY
                }) {
            types.put(text, FactType.TEXT);
        }
        types.put("amount", FactType.NUMBER);
        types.put("time", FactType.TIME);
        schema.attributes()
                .forEach((name, rule) -> types.put(ATTRIBUTES + name, typeOf(rule.type())));
        features.stream()
                .filter(FactNames::isWritable)
                .forEach(name -> types.put(FEATURES + name, FactType.NUMBER));
        return FactNames.of(types);
    }

    private static FactType typeOf(FieldRule.Type type) {
        return switch (type) {
            case STRING -> FactType.TEXT;
            case NUMBER -> FactType.NUMBER;
            case BOOLEAN -> FactType.TRUTH;
        };
    }

    /**
     * The values of a transaction.
     *
     * @param features by name; unknown ones absent or not finite
     */
    public static Facts of(
            ReceivedTransaction received, TransactionSchema schema, Map<String, Double> features) {
        Transaction of = received.transaction();
        Facts facts =
                new Facts()
                        .text("transaction_id", of.id())
                        .text("account_id", of.account())
                        .text("currency", of.currency())
                        .text("merchant", of.merchant())
                        .text("country", of.country())
                        .text("channel", of.channel())
                        .text("day_part", received.dayPart().label())
                        .number("amount", of.amount())
                        .time("time", of.time());
        schema.attributes()
                .forEach((name, rule) -> {
                    AttributeValue value = of.attributes().values().get(name);
                    if (value == null) {
                        if (rule.type() == FieldRule.Type.STRING) {
                            facts.text(ATTRIBUTES + name, null);
                        }
                        return;
                    }
                    attribute(facts, ATTRIBUTES + name, value, rule.type());
                });
        features.forEach((name, value) -> facts.number(FEATURES + name, value));
        return facts;
    }

    // An older transaction may hold another type than today's schema says: then it is unknown.
    private static void attribute(
            Facts facts, String name, AttributeValue value, FieldRule.Type type) {
        switch (value) {
            case AttributeValue.Text(String text) when type == FieldRule.Type.STRING ->
                    facts.text(name, text);
            case AttributeValue.Numeric(double number) when type == FieldRule.Type.NUMBER ->
                    facts.number(name, number);
            case AttributeValue.Flag(boolean flag) when type == FieldRule.Type.BOOLEAN ->
                    facts.truth(name, flag);
            default -> {}
        }
    }
}

package dev.vedette.dashboard;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;

/** The stored rule trace of a transaction, in words. */
final class RuleLines {
    private RuleLines() {}

    /**
     * The rules, those that fired first.
     *
     * @param trace as {@code GET /api/v1/transactions/{id}} gives it
     */
    static List<TransactionView.RuleLine> of(String trace, Language language) {
        return new JsonArray(trace)
                .stream()
                        .map(JsonObject.class::cast)
                        .map(rule -> line(rule, language))
                        .sorted(Comparator.comparing(line -> !line.fired()))
                        .toList();
    }

    private static TransactionView.RuleLine line(JsonObject rule, Language language) {
        int version = rule.getInteger("version", 0);
        return new TransactionView.RuleLine(
                rule.getString("rule", ""),
                version > 0 ? language.say("payment.version", Integer.toString(version)) : "",
                answer(rule, language),
                rule.getString("answer", "").equals("true"),
                operands(rule.getJsonObject("operands", new JsonObject())));
    }

    private static String answer(JsonObject rule, Language language) {
        return switch (rule.getString("answer", "")) {
            case "true" -> fired(rule, language);
            case "false" -> language.say("rule.notFired");
            default -> language.say("rule.unknown", rule.getString("unknown", ""));
        };
    }

    private static String fired(JsonObject rule, Language language) {
        String outcome = rule.getString("outcome");
        String effect =
                outcome == null
                        ? language.say("rule.scoreOf", language.score(rule.getDouble("score", 0.0)))
                        : outcome;
        boolean isShadow = rule.getString("mode", "").equals("shadow");
        return language.say(isShadow ? "rule.firedInShadow" : "rule.fired", effect);
    }

    private static List<TransactionView.Detail> operands(JsonObject operands) {
        return operands.stream()
                .map(one -> new TransactionView.Detail(one.getKey(), value(one.getValue())))
                .toList();
    }

    // To the last digit: the rule compared just that.
    private static String value(Object value) {
        return value instanceof Number number
                ? new BigDecimal(number.toString()).stripTrailingZeros().toPlainString()
                : String.valueOf(value);
    }
}

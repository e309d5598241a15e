package dev.vedette.timescale;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vedette.transaction.rule.RuleEffect;
import dev.vedette.transaction.rule.RuleTrace;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How rules judged a transaction, as its row holds it: a text that is read only where one
 * transaction is looked at, and the few that fired as JSON, which trends and precision count.
 *
 * <p>The text says once what a name stood for, as a transaction's rules ask for the same names:
 *
 * <pre>
 * {"rules": [[name, version, mode, answer, score or outcome, places of its operands,
 * what was unknown], …], "operands": [["amount", 12.5], …]}</pre>
 *
 * As JSON of the database, with each operand under each rule, parsing took half of the time of
 * storing a decision.
 */
final class RuleTraces {
    private RuleTraces() {}

    /** Those that fired. */
    static String fired(List<RuleTrace> traces) {
        return JsonText.of(out -> {
            out.writeStartArray();
            for (RuleTrace trace : traces) {
                if (trace.answer() == RuleTrace.Answer.TRUE) {
                    out.writeStartObject();
                    out.writeStringField("rule", trace.name());
                    out.writeNumberField("version", trace.version());
                    out.writeStringField("mode", trace.mode().label());
                    out.writeStringField("answer", answer(trace));
                    out.writeEndObject();
                }
            }
            out.writeEndArray();
        });
    }

    /** All of them. */
    static String text(List<RuleTrace> traces) {
        List<Map.Entry<String, Object>> operands = new ArrayList<>();
        return JsonText.of(out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("rules");
            for (RuleTrace trace : traces) {
                trace(out, trace, operands);
            }
            out.writeEndArray();
            out.writeArrayFieldStart("operands");
            for (Map.Entry<String, Object> operand : operands) {
                out.writeStartArray();
                out.writeString(operand.getKey());
                value(out, operand.getValue());
                out.writeEndArray();
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private static void trace(
            JsonGenerator out, RuleTrace trace, List<Map.Entry<String, Object>> operands)
            throws IOException {
        out.writeStartArray();
        out.writeString(trace.name());
        out.writeNumber(trace.version());
        out.writeString(trace.mode().label());
        out.writeString(answer(trace));
        switch (trace.effect()) {
            case RuleEffect.Score(double value) -> out.writeNumber(value);
            case RuleEffect.Decide(var outcome) -> out.writeString(outcome.label());
        }
        out.writeStartArray();
        for (Map.Entry<String, Object> operand : trace.operands().entrySet()) {
            out.writeNumber(place(operand, operands));
        }
        out.writeEndArray();
        if (!trace.unknown().isEmpty()) {
            out.writeString(trace.unknown());
        }
        out.writeEndArray();
    }

    // By value, too: nothing is lost should a name ever stand for two.
    private static int place(
            Map.Entry<String, Object> operand, List<Map.Entry<String, Object>> operands) {
        int known = operands.indexOf(operand);
        if (known >= 0) {
            return known;
        }
        operands.add(Map.entry(operand.getKey(), operand.getValue()));
        return operands.size() - 1;
    }

    private static void value(JsonGenerator out, Object value) throws IOException {
        switch (value) {
            case String text -> out.writeString(text);
            case Instant at -> out.writeString(at.toString());
            case Double number -> out.writeNumber(number);
            case Long number -> out.writeNumber(number);
            case Boolean flag -> out.writeBoolean(flag);
            default -> out.writeRawValue(Json.encode(value));
        }
    }

    private static String answer(RuleTrace trace) {
        return trace.answer().name().toLowerCase(Locale.ROOT);
    }

    /** What such a text says, as an array of an object for each rule with its operands. */
    static String objects(String text) {
        JsonObject json = new JsonObject(text);
        JsonArray operands = json.getJsonArray("operands");
        JsonArray objects = new JsonArray();
        for (Object one : json.getJsonArray("rules")) {
            objects.add(object((JsonArray) one, operands));
        }
        return objects.encode();
    }

    private static JsonObject object(JsonArray trace, JsonArray operands) {
        JsonObject named = new JsonObject();
        for (Object place : trace.getJsonArray(5)) {
            JsonArray operand = operands.getJsonArray((Integer) place);
            named.put(operand.getString(0), operand.getValue(1));
        }
        Object effect = trace.getValue(4);
        JsonObject object =
                new JsonObject()
                        .put("rule", trace.getString(0))
                        .put("version", trace.getInteger(1))
                        .put("mode", trace.getString(2))
                        .put("answer", trace.getString(3))
                        .put("operands", named)
                        .put(effect instanceof String ? "outcome" : "score", effect);
        return trace.size() > 6 ? object.put("unknown", trace.getString(6)) : object;
    }
}

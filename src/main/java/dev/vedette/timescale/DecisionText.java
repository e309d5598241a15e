package dev.vedette.timescale;

import dev.vedette.transaction.Reason;
import dev.vedette.transaction.scoring.JudgedTransaction;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What explains a decision, as its row holds it: a text that is read only with its transaction.
 *
 * <pre>
 * {"features": {"amount": 12.5, …}, "reasons": [{"code": …, "text": …, "weight": …}, …]}</pre>
 *
 * @param features what was known before it, by name
 * @param reasons the weightiest first
 */
record DecisionText(SortedMap<String, Double> features, List<Reason> reasons) {
    /** As text. */
    static String of(JudgedTransaction judged) {
        return JsonText.of(out -> {
            out.writeStartObject();
            out.writeObjectFieldStart("features");
            for (Map.Entry<String, Double> feature : judged.features().entrySet()) {
                out.writeNumberField(feature.getKey(), feature.getValue());
            }
            out.writeEndObject();
            out.writeArrayFieldStart("reasons");
            for (Reason reason : judged.decision().reasons()) {
                out.writeStartObject();
                out.writeStringField("code", reason.code());
                out.writeStringField("text", reason.text());
                out.writeNumberField("weight", reason.weight());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    /** What such a text says. */
    static DecisionText read(String text) {
        JsonObject json = new JsonObject(text);
        return of(json.getJsonObject("features"), json.getJsonArray("reasons"));
    }

    /** What rows without one say, written by versions before V340. */
    static DecisionText of(JsonObject features, JsonArray reasons) {
        return new DecisionText(
                TransactionJson.numbers(features), TransactionJson.reasons(reasons));
    }
}

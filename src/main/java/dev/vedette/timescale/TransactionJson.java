package dev.vedette.timescale;

import dev.vedette.tenant.TenantId;
import dev.vedette.tracing.Traceparent;
import dev.vedette.transaction.AttributeValue;
import dev.vedette.transaction.Attributes;
import dev.vedette.transaction.DayPart;
import dev.vedette.transaction.Reason;
import dev.vedette.transaction.ReceivedTransaction;
import dev.vedette.transaction.Transaction;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Transactions and what explains their decisions, as the columns of JSON hold them. */
final class TransactionJson {
    private TransactionJson() {}

    /** A transaction under the names of the table's columns. */
    static JsonObject received(ReceivedTransaction received) {
        Transaction of = received.transaction();
        JsonObject json = new JsonObject();
        received.trace().ifPresent(place -> json.put("traceparent", Traceparent.text(place)));
        return json.put("tenant_id", received.tenant().value())
                .put("transaction_id", of.id())
                .put("account_id", of.account())
                .put("time", of.time().toString())
                .put("received_at", received.receivedAt().toString())
                .put("amount", of.amount())
                .put("currency", of.currency())
                .put("merchant", of.merchant())
                .put("country", of.country())
                .put("channel", of.channel())
                .put("attributes", attributes(of.attributes()))
                .put("day_part", received.dayPart().label())
                .put("schema_version", received.schemaVersion());
    }

    /** The transaction of such an object. */
    static ReceivedTransaction received(JsonObject json) {
        Transaction transaction =
                new Transaction(
                        json.getString("transaction_id"),
                        json.getString("account_id"),
                        Instant.parse(json.getString("time")),
                        json.getDouble("amount"),
                        json.getString("currency"),
                        json.getString("merchant"),
                        json.getString("country"),
                        json.getString("channel"),
                        attributes(json.getJsonObject("attributes")));
        return new ReceivedTransaction(
                new TenantId(json.getString("tenant_id")),
                transaction,
                Instant.parse(json.getString("received_at")),
                DayPart.valueOf(json.getString("day_part").toUpperCase(Locale.ROOT)),
                json.getInteger("schema_version"),
                Traceparent.read(json.getString("traceparent")));
    }

    static JsonObject attributes(Attributes attributes) {
        JsonObject json = new JsonObject();
        attributes
                .values()
                .forEach((name, value) ->
                        json.put(
                                name,
                                switch (value) {
                                    case AttributeValue.Text(String text) -> text;
                                    case AttributeValue.Numeric(double number) -> number;
                                    case AttributeValue.Flag(boolean flag) -> flag;
                                }));
        return json;
    }

    static Attributes attributes(@Nullable JsonObject json) {
        if (json == null || json.isEmpty()) {
            return Attributes.NONE;
        }
        Map<String, AttributeValue> values = new TreeMap<>();
        json.forEach(entry -> values.put(entry.getKey(), attribute(entry.getValue())));
        return Attributes.of(values);
    }

    private static AttributeValue attribute(Object value) {
        return switch (value) {
            case Number number -> new AttributeValue.Numeric(number.doubleValue());
            case Boolean flag -> new AttributeValue.Flag(flag);
            default -> new AttributeValue.Text(value.toString());
        };
    }

    static List<Reason> reasons(JsonArray array) {
        return array.stream()
                .map(JsonObject.class::cast)
                .map(one ->
                        new Reason(
                                one.getString("code"),
                                one.getString("text"),
                                one.getDouble("weight")))
                .toList();
    }

    static JsonObject numbers(Map<String, Double> numbers) {
        JsonObject json = new JsonObject();
        numbers.forEach(json::put);
        return json;
    }

    static SortedMap<String, Double> numbers(JsonObject json) {
        TreeMap<String, Double> numbers = new TreeMap<>();
        json.forEach(entry -> numbers.put(entry.getKey(), json.getDouble(entry.getKey())));
        return numbers;
    }

    static JsonObject texts(Map<String, String> texts) {
        JsonObject json = new JsonObject();
        texts.forEach(json::put);
        return json;
    }

    static SortedMap<String, String> texts(JsonObject json) {
        TreeMap<String, String> texts = new TreeMap<>();
        json.forEach(entry -> texts.put(entry.getKey(), json.getString(entry.getKey())));
        return texts;
    }
}

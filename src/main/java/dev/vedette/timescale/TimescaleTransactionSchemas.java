package dev.vedette.timescale;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.intake.FieldRule;
import dev.vedette.transaction.intake.SchemaStore;
import dev.vedette.transaction.intake.TransactionSchema;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Schemas in the table {@code transaction_schema}. */
@ApplicationScoped
public class TimescaleTransactionSchemas implements SchemaStore {
    private final DocumentVersions versions;

    TimescaleTransactionSchemas(TenantTransaction tenants) {
        versions = new DocumentVersions(tenants, "transaction_schema");
    }

    @Override
    public Uni<Optional<Stored>> current(TenantId tenant) {
        return versions.newest(tenant, TimescaleTransactionSchemas::stored);
    }

    @Override
    public Uni<List<Stored>> versions(TenantId tenant) {
        return versions.all(tenant, TimescaleTransactionSchemas::stored);
    }

    @Override
    public Uni<Optional<Stored>> put(
            TenantId tenant, TransactionSchema schema, int expected, String author, Instant at) {
        return versions.put(tenant, expected, json(schema), author, at)
                .map(isStored ->
                        isStored
                                ? Optional.of(new Stored(schema.as(expected + 1), author, at))
                                : Optional.empty());
    }

    private static Stored stored(Row row) {
        return new Stored(
                schema(row.getInteger("version"), row.getJsonObject("body")),
                row.getString("author"),
                Rows.time(row, "created_at"));
    }

    private static JsonObject json(TransactionSchema schema) {
        return new JsonObject()
                .put("fields", json(schema.fields()))
                .put("attributes", json(schema.attributes()))
                .put("other_attributes", schema.otherAttributes());
    }

    private static JsonObject json(SortedMap<String, FieldRule> rules) {
        JsonObject json = new JsonObject();
        rules.forEach((name, rule) -> json.put(name, json(rule)));
        return json;
    }

    private static JsonObject json(FieldRule rule) {
        JsonObject json =
                new JsonObject()
                        .put("type", rule.type().label())
                        .put("required", rule.required())
                        .put("enum", new JsonArray(List.copyOf(rule.allowed())));
        rule.minimum().ifPresent(minimum -> json.put("minimum", minimum));
        rule.maximum().ifPresent(maximum -> json.put("maximum", maximum));
        return json;
    }

    private static TransactionSchema schema(int version, JsonObject json) {
        return new TransactionSchema(
                version,
                rules(json.getJsonObject("fields")),
                rules(json.getJsonObject("attributes")),
                json.getBoolean("other_attributes"));
    }

    private static SortedMap<String, FieldRule> rules(JsonObject json) {
        SortedMap<String, FieldRule> rules = new TreeMap<>();
        for (String name : json.fieldNames()) {
            rules.put(name, rule(json.getJsonObject(name)));
        }
        return rules;
    }

    private static FieldRule rule(JsonObject json) {
        TreeSet<String> allowed = new TreeSet<>();
        json.getJsonArray("enum").forEach(text -> allowed.add(text.toString()));
        return new FieldRule(
                FieldRule.Type.of(json.getString("type")).orElseThrow(),
                json.getBoolean("required"),
                allowed,
                number(json, "minimum"),
                number(json, "maximum"));
    }

    private static OptionalDouble number(JsonObject json, String name) {
        return json.containsKey(name)
                ? OptionalDouble.of(json.getDouble(name))
                : OptionalDouble.empty();
    }
}

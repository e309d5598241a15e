package dev.vedette.timescale;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.feature.FeatureFunction;
import dev.vedette.transaction.feature.FeatureSet;
import dev.vedette.transaction.feature.FeatureSpec;
import dev.vedette.transaction.feature.FeatureWindow;
import dev.vedette.transaction.scoring.FeatureDeclarations;
import dev.vedette.transaction.scoring.FeatureStore;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Declarations in the table {@code transaction_feature_set}. */
@ApplicationScoped
class TimescaleFeatureStore implements FeatureStore {
    private final DocumentVersions versions;

    TimescaleFeatureStore(TenantTransaction tenants) {
        versions = new DocumentVersions(tenants, "transaction_feature_set");
    }

    @Override
    public Uni<Optional<Stored>> current(TenantId tenant) {
        return versions.newest(tenant, TimescaleFeatureStore::stored);
    }

    @Override
    public Uni<List<Stored>> versions(TenantId tenant) {
        return versions.all(tenant, TimescaleFeatureStore::stored);
    }

    @Override
    public Uni<Optional<Stored>> put(
            TenantId tenant, FeatureSet set, int expected, String author, Instant at) {
        JsonArray features = new JsonArray();
        set.specs().forEach(spec -> features.add(json(spec)));
        FeatureDeclarations next = new FeatureDeclarations(expected + 1, set);
        return versions.put(tenant, expected, features, author, at)
                .map(isStored ->
                        isStored ? Optional.of(new Stored(next, author, at)) : Optional.empty());
    }

    private static Stored stored(Row row) {
        List<FeatureSpec> specs =
                row.getJsonArray("body").stream()
                        .map(JsonObject.class::cast)
                        .map(TimescaleFeatureStore::spec)
                        .toList();
        return new Stored(
                new FeatureDeclarations(row.getInteger("version"), new FeatureSet(specs)),
                row.getString("author"),
                Rows.time(row, "created_at"));
    }

    private static JsonObject json(FeatureSpec spec) {
        FeatureWindow window = spec.window();
        return new JsonObject()
                .put("name", spec.name())
                .put("function", spec.function().id())
                .put("entity", spec.entity())
                .put("window", window == null ? null : window.id())
                .put("of", spec.of())
                .put("judged", spec.judged());
    }

    private static FeatureSpec spec(JsonObject json) {
        return new FeatureSpec(
                json.getString("name"),
                FeatureFunction.find(json.getString("function")).orElseThrow(),
                json.getString("entity"),
                Optional.ofNullable(json.getString("window"))
                        .flatMap(FeatureWindow::find)
                        .orElse(null),
                json.getString("of"),
                json.getBoolean("judged"));
    }
}

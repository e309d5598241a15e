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
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Declarations in the table {@code transaction_feature_set}. */
@ApplicationScoped
class TimescaleFeatureStore implements FeatureStore {
    private static final String VERSIONS =
            """
            SELECT version, features, author, created_at FROM scoped.transaction_feature_set
            WHERE tenant_id = $1 ORDER BY version DESC LIMIT $2
            """;
    private static final String PUT =
            """
            INSERT INTO scoped.transaction_feature_set
                (tenant_id, version, features, author, created_at)
            SELECT $1, $2 + 1, $3, $4, $5 WHERE $2 = coalesce(
                (SELECT max(version) FROM scoped.transaction_feature_set WHERE tenant_id = $1), 0)
            ON CONFLICT DO NOTHING
            """;
    private static final int MOST = 1000;

    private final TenantTransaction tenants;

    TimescaleFeatureStore(TenantTransaction tenants) {
        this.tenants = tenants;
    }

    @Override
    public Uni<Optional<Stored>> current(TenantId tenant) {
        return versions(tenant, 1).map(all -> all.stream().findFirst());
    }

    @Override
    public Uni<List<Stored>> versions(TenantId tenant) {
        return versions(tenant, MOST);
    }

    private Uni<List<Stored>> versions(TenantId tenant, int most) {
        return tenants.run(
                tenant,
                connection ->
                        connection
                                .preparedQuery(VERSIONS)
                                .execute(Tuple.of(tenant.value(), most))
                                .map(rows -> Rows.all(rows, TimescaleFeatureStore::stored)));
    }

    @Override
    public Uni<Optional<Stored>> put(
            TenantId tenant, FeatureSet set, int expected, String author, Instant at) {
        JsonArray features = new JsonArray();
        set.specs().forEach(spec -> features.add(json(spec)));
        Tuple row = Tuple.of(tenant.value(), expected, features, author, Rows.parameter(at));
        return tenants.run(tenant, connection -> connection.preparedQuery(PUT).execute(row))
                .map(stored ->
                        stored.rowCount() == 1
                                ? Optional.of(
                                        new Stored(
                                                new FeatureDeclarations(expected + 1, set),
                                                author,
                                                at))
                                : Optional.empty());
    }

    private static Stored stored(Row row) {
        List<FeatureSpec> specs =
                row.getJsonArray("features").stream()
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

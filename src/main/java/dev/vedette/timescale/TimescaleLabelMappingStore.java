package dev.vedette.timescale;

import dev.vedette.ingestion.LabelDialect;
import dev.vedette.ingestion.LabelMapping;
import dev.vedette.ingestion.LabelMappingStore;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Label mappings in the table {@code label_mapping}. */
@ApplicationScoped
public class TimescaleLabelMappingStore implements LabelMappingStore {
    private static final String FIND =
            "SELECT dialect, cluster_labels, node_labels, default_cluster, default_node"
                    + " FROM scoped.label_mapping WHERE tenant_id = $1";
    private static final String PUT =
            """
            INSERT INTO scoped.label_mapping
                (tenant_id, dialect, cluster_labels, node_labels, default_cluster, default_node)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (tenant_id, dialect) DO UPDATE SET
                cluster_labels = excluded.cluster_labels, node_labels = excluded.node_labels,
                default_cluster = excluded.default_cluster, default_node = excluded.default_node
            """;
    private static final String REMOVE =
            "DELETE FROM scoped.label_mapping WHERE tenant_id = $1 AND dialect = $2";

    private final TenantTransaction tenants;

    TimescaleLabelMappingStore(TenantTransaction tenants) {
        this.tenants = tenants;
    }

    @Override
    public Uni<Map<LabelDialect, LabelMapping>> find(TenantId tenant) {
        return tenants.run(tenant, c -> c.preparedQuery(FIND).execute(Tuple.of(tenant.value())))
                .map(TimescaleLabelMappingStore::mappings);
    }

    @Override
    public Uni<Void> put(TenantId tenant, LabelDialect dialect, LabelMapping mapping) {
        Tuple row =
                Tuple.tuple()
                        .addValue(tenant.value())
                        .addValue(dialect.code())
                        .addValue(mapping.clusterLabels().toArray(String[]::new))
                        .addValue(mapping.nodeLabels().toArray(String[]::new))
                        .addValue(mapping.defaultCluster())
                        .addValue(mapping.defaultNode());
        return tenants.run(tenant, c -> c.preparedQuery(PUT).execute(row)).replaceWithVoid();
    }

    @Override
    public Uni<Void> remove(TenantId tenant, LabelDialect dialect) {
        Tuple key = Tuple.of(tenant.value(), dialect.code());
        return tenants.run(tenant, c -> c.preparedQuery(REMOVE).execute(key)).replaceWithVoid();
    }

    private static Map<LabelDialect, LabelMapping> mappings(RowSet<Row> rows) {
        Map<LabelDialect, LabelMapping> mappings = new EnumMap<>(LabelDialect.class);
        for (Row row : rows) {
            mappings.put(
                    LabelDialect.valueOf(row.getString(0).toUpperCase(Locale.ROOT)),
                    new LabelMapping(
                            List.of(row.getArrayOfStrings(1)),
                            List.of(row.getArrayOfStrings(2)),
                            row.getString(3),
                            row.getString(4)));
        }
        return mappings;
    }
}

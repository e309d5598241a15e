package dev.vedette.ingestion;

import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.util.Map;

/** The label mappings tenants set for themselves. */
public interface LabelMappingStore {
    /** The mappings that tenant set; those it did not set are absent. */
    Uni<Map<LabelDialect, LabelMapping>> find(TenantId tenant);

    /** Stores a mapping in place of the one before. */
    Uni<Void> put(TenantId tenant, LabelDialect dialect, LabelMapping mapping);

    /** Removes a mapping, if there is one. */
    Uni<Void> remove(TenantId tenant, LabelDialect dialect);
}

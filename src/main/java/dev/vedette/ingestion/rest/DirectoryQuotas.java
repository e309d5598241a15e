package dev.vedette.ingestion.rest;

import dev.vedette.http.TenantDirectory;
import dev.vedette.ingestion.StorageUnavailableException;
import dev.vedette.ingestion.TenantQuotas;
import dev.vedette.tenant.Tenant;
import dev.vedette.tenant.TenantId;
import dev.vedette.tenant.TenantLimits;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Limits as the directory of tenants has them. */
@ApplicationScoped
class DirectoryQuotas implements TenantQuotas {
    private final TenantDirectory directory;

    DirectoryQuotas(TenantDirectory directory) {
        this.directory = directory;
    }

    @Override
    public Uni<TenantLimits> limitsOf(TenantId tenant) {
        return directory
                .find(tenant)
                .onFailure()
                .transform(failure ->
                        new StorageUnavailableException(
                                "the limits of tenant " + tenant + " could not be read", failure))
                .map(found -> found.map(Tenant::limits).orElse(TenantLimits.DEFAULT));
    }
}

package dev.vedette.detection;

import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.http.TenantDirectory;
import dev.vedette.series.Series;
import dev.vedette.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.ZoneId;

/** The default settings in the tenant's zone. */
@ApplicationScoped
class TenantSettings implements SettingsSource {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final TenantDirectory tenants;

    TenantSettings(TenantDirectory tenants) {
        this.tenants = tenants;
    }

    // Waits for the store rather than guess: another zone would give another verdict after a
    // restart.
    @Override
    public DetectionSettings of(Series series) {
        DetectionSettings otherwise = DetectionSettings.DEFAULT;
        ZoneId zone =
                tenants.find(series.id().tenant())
                        .await()
                        .atMost(TIMEOUT)
                        .map(Tenant::zone)
                        .orElse(otherwise.zone());
        return new DetectionSettings(
                otherwise.threshold(),
                otherwise.direction(),
                otherwise.minAbsoluteDeviation(),
                otherwise.minRelativeDeviation(),
                zone);
    }
}

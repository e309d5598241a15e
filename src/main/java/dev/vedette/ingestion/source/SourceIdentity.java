package dev.vedette.ingestion.source;

import dev.vedette.ingestion.IngestionConfig;
import dev.vedette.tenant.TenantId;
import java.time.Duration;

/**
 * Which source, whose, and how often.
 *
 * @param name in settings, logs and metrics
 * @param tenant whose points they are
 * @param interval how often it is looked at, at least one second
 */
record SourceIdentity(String name, TenantId tenant, Duration interval) {
    static SourceIdentity of(String name, IngestionConfig.Source config) {
        return new SourceIdentity(name, new TenantId(config.tenant()), config.interval());
    }
}

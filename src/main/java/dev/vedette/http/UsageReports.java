package dev.vedette.http;

import dev.vedette.tenant.RetentionPolicy;
import dev.vedette.tenant.Tenant;
import dev.vedette.tenant.TenantId;
import dev.vedette.tenant.TenantLimits;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Holds what tenants use against their limits. */
@ApplicationScoped
public class UsageReports {
    private static final Duration DAY = Duration.ofDays(1);

    private final UsageStore store;
    private final TenantDirectory tenants;
    private final RetentionStore retention;
    private final InstantSource clock;

    UsageReports(
            UsageStore store,
            TenantDirectory tenants,
            RetentionStore retention,
            InstantSource clock) {
        this.store = store;
        this.tenants = tenants;
        this.retention = retention;
        this.clock = clock;
    }

    /** Of that tenant, counted now; fails as {@link UsageStore#of} does. */
    public Uni<UsageReport> of(TenantId tenant) {
        return Uni.combine()
                .all()
                .unis(store.of(tenant), tenants.find(tenant), retention.find(tenant))
                .with(this::report);
    }

    private UsageReport report(TenantUsage used, Optional<Tenant> tenant, RetentionPolicy policy) {
        TenantLimits limits = tenant.map(Tenant::limits).orElse(TenantLimits.DEFAULT);
        Duration age =
                tenant.map(one -> Duration.between(one.createdAt(), clock.instant())).orElse(DAY);
        Duration kept = shorter(policy.points().orElse(limits.retention()), limits.retention());
        // a tenant of today has sent for less than a day
        double days = Math.max(1.0 / 24, days(shorter(age, DAY)));
        double bytesPerDay = used.bytes() / days;
        return new UsageReport(
                new UsageReport.Quota((double) used.series(), limits.maxSeries()),
                new UsageReport.Quota(
                        used.points() / (days * DAY.toSeconds()), limits.maxPointsPerSecond()),
                Math.round(bytesPerDay),
                Math.round(bytesPerDay * Math.max(days, days(shorter(age, kept)))),
                kept,
                used.anomalies(),
                used.openIncidents(),
                used.messages());
    }

    private static double days(Duration duration) {
        return duration.toMillis() / (double) DAY.toMillis();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}

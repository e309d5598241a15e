package dev.vedette.http.rest;

import dev.vedette.http.CurrentCaller;
import dev.vedette.http.RetentionStore;
import dev.vedette.http.TenantDirectory;
import dev.vedette.http.TenantUsage;
import dev.vedette.http.UsageStore;
import dev.vedette.tenant.RetentionPolicy;
import dev.vedette.tenant.Tenant;
import dev.vedette.tenant.TenantId;
import dev.vedette.tenant.TenantLimits;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the tenant uses of what it may. */
@Path("/api/v1/usage")
@Tag(name = "Access")
public class UsageResource {
    private static final Duration DAY = Duration.ofDays(1);

    private final CurrentCaller current;
    private final UsageStore store;
    private final TenantDirectory tenants;
    private final RetentionStore retention;
    private final InstantSource clock;

    UsageResource(
            CurrentCaller current,
            UsageStore store,
            TenantDirectory tenants,
            RetentionStore retention,
            InstantSource clock) {
        this.current = current;
        this.store = store;
        this.tenants = tenants;
        this.retention = retention;
        this.clock = clock;
    }

    /**
     * Something against its limit.
     *
     * @param used of it
     * @param limit most of it
     * @param ratio used over limit
     */
    @Schema(name = "Quota")
    public record Quota(
            @Schema(examples = "1200") double used,
            @Schema(examples = "1000000") double limit,
            @Schema(examples = "0.0012") double ratio) {
        static Quota of(double used, double limit) {
            return new Quota(used, limit, used / limit);
        }
    }

    /**
     * The room that points take.
     *
     * @param bytesPerDay of the last 24 hours, without indexes and roll-ups
     * @param estimatedBytes of all that is kept, if every day was like the last
     * @param retention how long points are kept
     */
    @Schema(name = "StorageUsage")
    public record Storage(
            long bytesPerDay,
            long estimatedBytes,
            @Schema(examples = "PT2160H") String retention) {}

    /**
     * Alerts of the last 24 hours.
     *
     * @param anomalies that began
     * @param openIncidents right now
     * @param messages delivered
     */
    @Schema(name = "AlertUsage")
    public record Alerts(long anomalies, long openIncidents, long messages) {}

    /**
     * What the tenant uses.
     *
     * @param pointsPerSecond mean of the last 24 hours
     */
    @Schema(name = "Usage")
    public record Usage(Quota series, Quota pointsPerSecond, Storage storage, Alerts alerts) {}

    /** Counts what the tenant uses. */
    @GET
    @RolesAllowed("viewer")
    @Operation(
            summary = "Tell what the tenant uses",
            operationId = "readUsage",
            description =
                    "Series, points per second and storage of the last 24 hours, alerts; against the"
                            + " tenant's limits. Counted when asked: poll it by the minute at most.")
    public Uni<Usage> read() {
        TenantId tenant = current.tenant();
        return Uni.combine()
                .all()
                .unis(store.of(tenant), tenants.find(tenant), retention.find(tenant))
                .with(this::usage);
    }

    private Usage usage(TenantUsage used, Optional<Tenant> tenant, RetentionPolicy policy) {
        TenantLimits limits = tenant.map(Tenant::limits).orElse(TenantLimits.DEFAULT);
        Duration age =
                tenant.map(one -> Duration.between(one.createdAt(), clock.instant())).orElse(DAY);
        Duration kept = shorter(policy.points().orElse(limits.retention()), limits.retention());
        // a tenant of today has sent for less than a day
        double days = Math.max(1.0 / 24, days(shorter(age, DAY)));
        double bytesPerDay = used.bytes() / days;
        return new Usage(
                Quota.of((double) used.series(), limits.maxSeries()),
                Quota.of(used.points() / (days * DAY.toSeconds()), limits.maxPointsPerSecond()),
                new Storage(
                        Math.round(bytesPerDay),
                        Math.round(bytesPerDay * Math.max(days, days(shorter(age, kept)))),
                        kept.toString()),
                new Alerts(used.anomalies(), used.openIncidents(), used.messages()));
    }

    private static double days(Duration duration) {
        return duration.toMillis() / (double) DAY.toMillis();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}

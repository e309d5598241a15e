package dev.vedette.http.rest;

import dev.vedette.http.CurrentCaller;
import dev.vedette.http.ProblemException;
import dev.vedette.http.RetentionConfig;
import dev.vedette.http.RetentionStore;
import dev.vedette.http.TenantDirectory;
import dev.vedette.tenant.RetentionPolicy;
import dev.vedette.tenant.Tenant;
import dev.vedette.tenant.TenantId;
import dev.vedette.tenant.TenantLimits;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How long the tenant's data is kept. */
@Path("/api/v1/retention")
@RolesAllowed("admin")
@Tag(name = "Access")
public class RetentionResource {
    private final CurrentCaller current;
    private final RetentionStore store;
    private final RetentionConfig config;
    private final TenantDirectory tenants;

    RetentionResource(
            CurrentCaller current,
            RetentionStore store,
            RetentionConfig config,
            TenantDirectory tenants) {
        this.current = current;
        this.store = store;
        this.config = config;
        this.tenants = tenants;
    }

    /**
     * What to set; what is absent goes back to the service's own setting.
     *
     * @param points points; at most the tenant's limit
     * @param fineRollups roll-ups at 5 minutes
     * @param hourlyRollups roll-ups at an hour
     * @param anomalies anomalies and scores
     */
    @Schema(name = "RetentionChange")
    public record Change(
            @Schema(type = SchemaType.STRING, examples = "P30D") Optional<Duration> points,
            @Schema(type = SchemaType.STRING, examples = "P180D") Optional<Duration> fineRollups,
            @Schema(type = SchemaType.STRING, examples = "P730D") Optional<Duration> hourlyRollups,
            @Schema(type = SchemaType.STRING, examples = "P400D") Optional<Duration> anomalies) {}

    /**
     * How long data is kept.
     *
     * @param points points
     * @param fineRollups roll-ups at 5 minutes
     * @param hourlyRollups roll-ups at an hour
     * @param anomalies anomalies and scores
     * @param mostPoints the tenant's limit for points, set by the platform
     */
    @Schema(name = "Retention")
    public record View(
            @Schema(examples = "PT720H") String points,
            @Schema(examples = "PT4320H") String fineRollups,
            @Schema(examples = "PT17520H") String hourlyRollups,
            @Schema(examples = "PT9600H") String anomalies,
            @Schema(examples = "PT2160H") String mostPoints) {}

    /** What holds now. */
    @GET
    @Operation(summary = "Get how long data is kept", operationId = "getRetention")
    public Uni<View> get() {
        TenantId tenant = current.tenant();
        return limit(tenant).chain(most -> store.find(tenant).map(policy -> view(policy, most)));
    }

    /** Replaces it. */
    @PUT
    @Operation(
            summary = "Set how long data is kept",
            operationId = "setRetention",
            description =
                    "Between PT1H and P36500D; points at most the tenant's limit. A shorter time"
                            + " deletes within the hour what is older, for good.")
    public Uni<View> set(@NotNull Change wanted) {
        RetentionPolicy policy = policy(wanted);
        TenantId tenant = current.tenant();
        return limit(tenant)
                .invoke(most -> requireWithin(policy, most))
                .chain(most -> store.store(tenant, policy).map(stored -> view(stored, most)));
    }

    private Uni<Duration> limit(TenantId tenant) {
        return tenants.find(tenant)
                .map(found -> found.map(Tenant::limits).orElse(TenantLimits.DEFAULT).retention());
    }

    private static void requireWithin(RetentionPolicy policy, Duration most) {
        if (policy.points().filter(kept -> kept.compareTo(most) > 0).isPresent()) {
            throw ProblemException.invalid(
                    "/points",
                    "above_limit",
                    "points are kept for " + most + " at most",
                    "send a shorter time, or ask the platform's administrator for a higher limit");
        }
    }

    private static RetentionPolicy policy(Change wanted) {
        try {
            return new RetentionPolicy(
                    wanted.points(),
                    wanted.fineRollups(),
                    wanted.hourlyRollups(),
                    wanted.anomalies());
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(
                    "",
                    "out_of_range",
                    String.valueOf(e.getMessage()),
                    "send times between PT1H and P36500D");
        }
    }

    private View view(RetentionPolicy policy, Duration most) {
        Duration points = policy.points().filter(kept -> kept.compareTo(most) < 0).orElse(most);
        return new View(
                points.toString(),
                policy.fineRollups().orElse(config.fineRollups()).toString(),
                policy.hourlyRollups().orElse(config.hourlyRollups()).toString(),
                policy.anomalies().orElse(config.anomalies()).toString(),
                most.toString());
    }
}

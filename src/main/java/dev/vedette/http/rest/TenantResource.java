package dev.vedette.http.rest;

import dev.vedette.http.CurrentCaller;
import dev.vedette.http.Cursors;
import dev.vedette.http.Page;
import dev.vedette.http.Pages;
import dev.vedette.http.ProblemException;
import dev.vedette.http.TakesIdempotencyKey;
import dev.vedette.http.Tenants;
import dev.vedette.tenant.Tenant;
import dev.vedette.tenant.TenantId;
import dev.vedette.tenant.TenantLimits;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** The tenants of this platform, for its administrators; holds no tenant's data. */
@Path("/api/v1/tenants")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("platform-admin")
@Tag(name = "Platform")
public class TenantResource {
    private static final List<String> QUESTION = List.of("tenants");

    private final CurrentCaller current;
    private final Tenants tenants;
    private final Cursors cursors;
    private final InstantSource clock;

    TenantResource(CurrentCaller current, Tenants tenants, Cursors cursors, InstantSource clock) {
        this.current = current;
        this.tenants = tenants;
        this.cursors = cursors;
        this.clock = clock;
    }

    /**
     * Limits to set; what is absent stays, or is the default of a new tenant.
     *
     * @param maxSeries most series, above 0
     * @param maxPointsPerSecond sustained points per second, above 0
     * @param retention how long points are kept, at least PT1H
     */
    public record LimitChange(
            @Schema(examples = "100000") Optional<Integer> maxSeries,
            @Schema(examples = "50000") Optional<Integer> maxPointsPerSecond,
            @Schema(type = SchemaType.STRING, examples = "PT2160H") Optional<Duration> retention) {
        TenantLimits on(TenantLimits old) {
            return refusing(
                    "/limits",
                    () ->
                            new TenantLimits(
                                    maxSeries.orElse(old.maxSeries()),
                                    maxPointsPerSecond.orElse(old.maxPointsPerSecond()),
                                    retention.orElse(old.retention())));
        }
    }

    /**
     * A tenant to be made.
     *
     * @param id 1 to 63 of a-z, 0-9, - and _
     * @param name what people call it
     * @param zone an IANA time zone; absent: UTC
     * @param limits absent: the defaults
     */
    public record NewTenant(
            @Schema(examples = "acme") String id,
            @NotBlank @Size(max = 200) @Schema(examples = "Acme Ltd") String name,
            @Schema(examples = "Europe/Oslo") Optional<String> zone,
            Optional<LimitChange> limits) {}

    /**
     * What to change; what is absent stays.
     *
     * @param name what people call it
     * @param zone an IANA time zone
     * @param limits the limits to change
     */
    public record TenantChange(
            Optional<@NotBlank @Size(max = 200) String> name,
            Optional<String> zone,
            Optional<LimitChange> limits) {}

    /**
     * A tenant's limits.
     *
     * @param maxSeries most series
     * @param maxPointsPerSecond sustained points per second
     * @param retention how long points are kept
     */
    public record LimitsView(
            int maxSeries,
            int maxPointsPerSecond,
            @Schema(type = SchemaType.STRING, examples = "PT2160H") String retention) {}

    /**
     * A tenant.
     *
     * @param id its id
     * @param name what people call it
     * @param zone its time zone
     * @param limits what it may use
     * @param createdAt when it was made
     */
    public record TenantView(
            String id, String name, String zone, LimitsView limits, Instant createdAt) {
        static TenantView of(Tenant tenant) {
            TenantLimits limits = tenant.limits();
            return new TenantView(
                    tenant.id().value(),
                    tenant.name(),
                    tenant.zone().getId(),
                    new LimitsView(
                            limits.maxSeries(),
                            limits.maxPointsPerSecond(),
                            limits.retention().toString()),
                    tenant.createdAt());
        }
    }

    /** All tenants. */
    @GET
    @Operation(summary = "List tenants", operationId = "listTenants")
    public Uni<Page<TenantView>> list(
            @RestQuery @DefaultValue(Pages.DEFAULT_LIMIT) int limit,
            @RestQuery Optional<String> cursor) {
        int most = Pages.limit(limit);
        Optional<TenantId> after =
                cursors.decode(QUESTION, cursor).map(List::getFirst).map(TenantId::new);
        return tenants.list(after, most + 1)
                .map(rows ->
                        Page.of(
                                rows,
                                most,
                                TenantView::of,
                                last -> cursors.encode(QUESTION, List.of(last.id().value()))));
    }

    /** One tenant. */
    @GET
    @Path("/{id}")
    @Operation(summary = "Get a tenant", operationId = "getTenant")
    public Uni<TenantView> get(@RestPath String id) {
        return tenants.find(known(id)).map(TenantView::of);
    }

    /** Makes a tenant. */
    @POST
    @TakesIdempotencyKey
    @Parameter(ref = "IdempotencyKey")
    @ResponseStatus(201)
    @APIResponseSchema(value = TenantView.class, responseCode = "201", responseDescription = "Made")
    @Operation(summary = "Make a tenant", operationId = "createTenant")
    public Uni<TenantView> create(@NotNull @Valid NewTenant wanted) {
        ZoneId zone = wanted.zone().map(text -> Fields.zone("/zone", text)).orElse(ZoneOffset.UTC);
        TenantLimits limits =
                wanted.limits()
                        .map(change -> change.on(TenantLimits.DEFAULT))
                        .orElse(TenantLimits.DEFAULT);
        Tenant tenant =
                new Tenant(
                        Fields.tenant("/id", wanted.id()),
                        wanted.name().strip(),
                        zone,
                        limits,
                        clock.instant());
        return tenants.create(current.caller(), tenant).map(TenantView::of);
    }

    /** Changes a tenant. */
    @PATCH
    @Path("/{id}")
    @Operation(summary = "Change name, zone or limits of a tenant", operationId = "changeTenant")
    public Uni<TenantView> change(@RestPath String id, @NotNull @Valid TenantChange wanted) {
        return tenants.change(current.caller(), known(id), old -> changed(old, wanted))
                .map(TenantView::of);
    }

    private static Tenant changed(Tenant old, TenantChange wanted) {
        return new Tenant(
                old.id(),
                wanted.name().map(String::strip).orElse(old.name()),
                wanted.zone().map(text -> Fields.zone("/zone", text)).orElse(old.zone()),
                wanted.limits().map(change -> change.on(old.limits())).orElse(old.limits()),
                old.createdAt());
    }

    // a text that can be no tenant's id names no tenant
    private static TenantId known(String id) {
        try {
            return new TenantId(id);
        } catch (IllegalArgumentException e) {
            throw ProblemException.notFound("tenant", id);
        }
    }

    private static TenantLimits refusing(String pointer, Supplier<TenantLimits> limits) {
        try {
            return limits.get();
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(
                    pointer,
                    "out_of_range",
                    String.valueOf(e.getMessage()),
                    "send a limit within its range");
        }
    }
}

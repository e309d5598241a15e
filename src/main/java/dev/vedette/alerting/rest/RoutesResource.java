package dev.vedette.alerting.rest;

import dev.vedette.alerting.AlertSettings;
import dev.vedette.alerting.Channels;
import dev.vedette.alerting.DeliveryQueries;
import dev.vedette.alerting.RouteForm;
import dev.vedette.alerting.Setting;
import dev.vedette.alerting.rest.SettingJson.StoredRoute;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.Page;
import dev.vedette.http.Pages;
import dev.vedette.http.TakesIdempotencyKey;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Who hears of which incidents. */
@Path("/api/v1/routes")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Alerting")
public class RoutesResource {
    private final CurrentCaller current;
    private final AlertSettings settings;
    private final Channels channels;
    private final DeliveryQueries deliveries;
    private final SettingRequests requests;

    RoutesResource(
            CurrentCaller current,
            AlertSettings settings,
            Channels channels,
            DeliveryQueries deliveries,
            SettingRequests requests) {
        this.current = current;
        this.settings = settings;
        this.channels = channels;
        this.deliveries = deliveries;
        this.requests = requests;
    }

    /** Lists the tenant's routes by name. */
    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "List routes", operationId = "listRoutes")
    public Uni<Page<StoredRoute>> list(
            @QueryParam("limit") @DefaultValue(Pages.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") Optional<String> cursor) {
        return deliveries
                .health(current.tenant())
                .chain(health ->
                        requests.page(
                                Setting.Kind.ROUTE,
                                limit,
                                cursor,
                                row -> StoredRoute.of(row, health)));
    }

    /** Reads one route. */
    @GET
    @Path("/{name}")
    @RolesAllowed("viewer")
    @Operation(summary = "Read a route", operationId = "readRoute")
    public Uni<RestResponse<StoredRoute>> read(@PathParam("name") String name) {
        return Uni.combine()
                .all()
                .unis(requests.find(Setting.Kind.ROUTE, name), deliveries.health(current.tenant()))
                .with((row, health) -> answer(RestResponse.Status.OK, row, health));
    }

    /** Makes a route. */
    @POST
    @TakesIdempotencyKey
    @Parameter(ref = "IdempotencyKey")
    @RolesAllowed("editor")
    @Operation(
            summary = "Make a route",
            operationId = "createRoute",
            description = "Its channels must be there. Holds within a second.")
    @APIResponseSchema(
            value = StoredRoute.class,
            responseCode = "201",
            responseDescription = "Made")
    public Uni<RestResponse<StoredRoute>> create(@NotNull RouteForm route) {
        String name = route.name().orElse("");
        return channels.requireKnown(current.tenant(), route)
                .chain(() -> put(name, route, OptionalLong.empty()))
                .map(row -> answer(RestResponse.Status.CREATED, row, Map.of()));
    }

    /** Replaces a route. */
    @PUT
    @Path("/{name}")
    @RolesAllowed("editor")
    @Operation(
            summary = "Replace a route",
            operationId = "replaceRoute",
            description = "Send the ETag that was read as If-Match.")
    public Uni<RestResponse<StoredRoute>> replace(
            @PathParam("name") String name,
            @HeaderParam("If-Match") Optional<String> ifMatch,
            @NotNull RouteForm route) {
        return requests.change(
                        Setting.Kind.ROUTE,
                        name,
                        ifMatch,
                        seen ->
                                channels.requireKnown(current.tenant(), route)
                                        .chain(() -> put(name, route, OptionalLong.of(seen))))
                .map(row -> answer(RestResponse.Status.OK, row, Map.of()));
    }

    /** Deletes a route. */
    @DELETE
    @Path("/{name}")
    @RolesAllowed("editor")
    @Operation(
            summary = "Delete a route",
            operationId = "deleteRoute",
            description = "Send the ETag that was read as If-Match.")
    public Uni<Void> delete(
            @PathParam("name") String name, @HeaderParam("If-Match") Optional<String> ifMatch) {
        return requests.delete(Setting.Kind.ROUTE, name, ifMatch);
    }

    private Uni<Setting> put(String name, RouteForm route, OptionalLong seen) {
        return settings.putRoute(current.caller(), name, route, seen);
    }

    private static RestResponse<StoredRoute> answer(
            RestResponse.Status status, Setting row, Map<String, DeliveryQueries.Health> health) {
        return SettingJson.answer(status, StoredRoute.of(row, health), row.revision());
    }
}

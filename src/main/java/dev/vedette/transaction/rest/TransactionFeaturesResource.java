package dev.vedette.transaction.rest;

import dev.vedette.http.CurrentCaller;
import dev.vedette.http.EntityTags;
import dev.vedette.http.TimeFormat;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.feature.FeatureSet;
import dev.vedette.transaction.intake.Schemas;
import dev.vedette.transaction.scoring.Features;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** The features that are kept of a tenant's accounts, merchants and so on. */
@Path("/api/v1/transaction-features")
@Tag(name = "Transactions")
public class TransactionFeaturesResource {
    private final CurrentCaller current;
    private final Features features;
    private final Schemas schemas;

    TransactionFeaturesResource(CurrentCaller current, Features features, Schemas schemas) {
        this.current = current;
        this.features = features;
        this.schemas = schemas;
    }

    /** Every version, newest first. */
    @Schema(name = "TransactionFeatureVersions")
    record Versions(List<FeatureJson.Stored> items) {}

    /** Reads those that hold. */
    @GET
    @RolesAllowed("viewer")
    @Operation(
            summary = "Read the features of transactions",
            operationId = "readTransactionFeatures",
            description = "Version 0, the standard ones, until the tenant declares its own.")
    public Uni<RestResponse<FeatureJson.Stored>> read(
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat) {
        TimeFormat format = TimeFormat.of(timeFormat);
        return features.stored(current.tenant())
                .map(found ->
                        found.map(one -> FeatureJson.Stored.of(one, format))
                                .orElseGet(FeatureJson.Stored::standard))
                .map(TransactionFeaturesResource::answer);
    }

    /** Lists all versions. */
    @GET
    @Path("/versions")
    @RolesAllowed("viewer")
    @Operation(
            summary = "List the versions of the features of transactions",
            operationId = "listTransactionFeatures")
    public Uni<Versions> versions(
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat) {
        TimeFormat format = TimeFormat.of(timeFormat);
        return features.versions(current.tenant())
                .map(all ->
                        new Versions(
                                all.stream()
                                        .map(one -> FeatureJson.Stored.of(one, format))
                                        .toList()));
    }

    /** Stores the next version. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed("editor")
    @Operation(
            summary = "Replace the features of transactions",
            operationId = "replaceTransactionFeatures",
            description =
                    "Send the ETag that was read as If-Match. Workers compute them from the stored"
                            + " transactions within seconds; past decisions keep the values that they"
                            + " were made by. 409 when a model that scores judges by a feature that"
                            + " would be gone.")
    public Uni<RestResponse<FeatureJson.Stored>> replace(
            @HeaderParam("If-Match") Optional<String> ifMatch, @NotNull FeatureJson.Posted posted) {
        TenantId tenant = current.tenant();
        long seen = EntityTags.revision(ifMatch, "features of transactions", tenant.value());
        int expected = (int) Math.min(seen, Integer.MAX_VALUE - 1);
        return schemas.of(tenant)
                .map(posted::read)
                .chain((FeatureSet set) -> features.put(current.caller(), set, expected))
                .map(stored -> answer(FeatureJson.Stored.of(stored, TimeFormat.RFC3339)));
    }

    private static RestResponse<FeatureJson.Stored> answer(FeatureJson.Stored features) {
        return RestResponse.ResponseBuilder.ok(features)
                .header("ETag", EntityTags.of(features.version()))
                .build();
    }
}

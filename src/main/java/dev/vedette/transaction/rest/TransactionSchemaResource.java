package dev.vedette.transaction.rest;

import dev.vedette.http.Audit;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.EntityTags;
import dev.vedette.http.ProblemException;
import dev.vedette.http.ProblemKind;
import dev.vedette.http.TimeFormat;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.intake.SchemaStore;
import dev.vedette.transaction.intake.Schemas;
import dev.vedette.transaction.intake.TransactionSchema;
import dev.vedette.transaction.scoring.Settings;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** What the tenant's transactions have to look like. */
@Path("/api/v1/transaction-schema")
@Tag(name = "Transactions")
public class TransactionSchemaResource {
    private final CurrentCaller current;
    private final SchemaStore store;
    private final Schemas schemas;
    private final Settings settings;
    private final Audit audit;
    private final InstantSource clock;

    TransactionSchemaResource(
            CurrentCaller current,
            SchemaStore store,
            Schemas schemas,
            Settings settings,
            Audit audit,
            InstantSource clock) {
        this.current = current;
        this.store = store;
        this.schemas = schemas;
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
    }

    /** Every version, newest first. */
    @Schema(name = "TransactionSchemaVersions")
    record Versions(List<SchemaJson.Stored> items) {}

    /** Reads the schema that holds. */
    @GET
    @RolesAllowed("viewer")
    @Operation(
            summary = "Read the schema of transactions",
            operationId = "readTransactionSchema",
            description = "Version 0, which asks for nothing, until the tenant has its own.")
    public Uni<RestResponse<SchemaJson.Stored>> read(
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat) {
        TimeFormat format = TimeFormat.of(timeFormat);
        return store.current(current.tenant())
                .map(found ->
                        found.map(one -> SchemaJson.Stored.of(one, format))
                                .orElseGet(() ->
                                        SchemaJson.Stored.of(
                                                TransactionSchema.OPEN,
                                                Optional.empty(),
                                                Optional.empty())))
                .map(TransactionSchemaResource::answer);
    }

    /** Lists all versions. */
    @GET
    @Path("/versions")
    @RolesAllowed("viewer")
    @Operation(
            summary = "List the versions of the schema of transactions",
            operationId = "listTransactionSchemas")
    public Uni<Versions> versions(
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat) {
        TimeFormat format = TimeFormat.of(timeFormat);
        return store.versions(current.tenant())
                .map(all ->
                        new Versions(
                                all.stream()
                                        .map(one -> SchemaJson.Stored.of(one, format))
                                        .toList()));
    }

    /** Stores the next version. */
    @PUT
    @RolesAllowed("editor")
    @Operation(
            summary = "Replace the schema of transactions",
            operationId = "replaceTransactionSchema",
            description =
                    "Send the ETag that was read as If-Match. Transactions already taken in keep the"
                            + " version that accepted them; a published rule that names an attribute"
                            + " which is gone no longer judges.")
    public Uni<RestResponse<SchemaJson.Stored>> replace(
            @HeaderParam("If-Match") Optional<String> ifMatch, @NotNull SchemaJson.Posted posted) {
        TenantId tenant = current.tenant();
        TransactionSchema schema = posted.read();
        long seen = EntityTags.revision(ifMatch, "schema of transactions", tenant.value());
        int expected = (int) Math.min(seen, Integer.MAX_VALUE - 1);
        return store.put(tenant, schema, expected, current.caller().subject(), clock.instant())
                .map(stored ->
                        stored.orElseThrow(() ->
                                ProblemException.of(
                                        ProblemKind.PRECONDITION_FAILED,
                                        "the schema is another than the one you saw; read it again")))
                .invoke(stored -> {
                    schemas.remember(tenant, stored.schema());
                    settings.forget(tenant);
                    audit.done(
                            current.caller(),
                            "transaction-schema.change",
                            Integer.toString(stored.schema().version()));
                })
                .map(stored -> answer(SchemaJson.Stored.of(stored, TimeFormat.RFC3339)));
    }

    private static RestResponse<SchemaJson.Stored> answer(SchemaJson.Stored schema) {
        return RestResponse.ResponseBuilder.ok(schema)
                .header("ETag", EntityTags.of(schema.version()))
                .build();
    }
}

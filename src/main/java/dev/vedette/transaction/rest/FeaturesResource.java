package dev.vedette.transaction.rest;

import dev.vedette.http.CurrentCaller;
import dev.vedette.transaction.scoring.Rules;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What rules may name: fields, the tenant's attributes, and features. */
@Path("/api/v1/features")
@Tag(name = "Rules")
public class FeaturesResource {
    private final CurrentCaller current;
    private final Rules rules;

    FeaturesResource(CurrentCaller current, Rules rules) {
        this.current = current;
        this.rules = rules;
    }

    /** A name and what it stands for. */
    @Schema(name = "Feature")
    record Name(
            @Schema(examples = "features.count_1h") String name,
            @Schema(examples = "number", description = "text, number, truth or time")
                    String type) {}

    /** All names. */
    @Schema(name = "Features")
    record Names(List<Name> items) {}

    /** Lists the names. */
    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "List what rules may name", operationId = "listFeatures")
    public Uni<Names> list() {
        return rules.names(current.tenant())
                .map(names ->
                        new Names(
                                names.types().entrySet().stream()
                                        .map(one -> new Name(one.getKey(), one.getValue().label()))
                                        .toList()));
    }
}

package dev.vedette.promql.rest;

import dev.vedette.http.CurrentCaller;
import dev.vedette.http.Problem;
import dev.vedette.http.ProblemException;
import dev.vedette.promql.Catalogue;
import dev.vedette.promql.Parser;
import dev.vedette.promql.PromQlException;
import dev.vedette.promql.Selector;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What there is to query. Times are not looked at: a series is listed as long as it is known. */
@Path("/api/v1/prometheus/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Prometheus")
@APIResponse(
        responseCode = "200",
        description = "OK",
        content = @Content(schema = @Schema(implementation = PrometheusAnswer.class)))
@APIResponse(
        responseCode = "default",
        description = "Refused as Prometheus does, or with a problem",
        content = {
            @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = PrometheusAnswer.class)),
            @Content(
                    mediaType = Problem.MEDIA_TYPE,
                    schema = @Schema(implementation = Problem.class))
        })
public class PrometheusCatalogueResource {
    private static final int MOST_SELECTORS = 20;
    private static final List<String> CUT =
            List.of("results truncated: more series fit than are looked at");

    private final CurrentCaller current;
    private final Catalogue catalogue;
    private final String version;

    PrometheusCatalogueResource(
            CurrentCaller current,
            Catalogue catalogue,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.current = current;
        this.catalogue = catalogue;
        this.version = version;
    }

    /** The names of labels. */
    @GET
    @Path("/labels")
    @RolesAllowed("viewer")
    @Operation(summary = "Names of labels", operationId = "listPrometheusLabels")
    public Uni<PrometheusAnswer> labels(
            @QueryParam("match[]") @Parameter(example = "cpu_percent") List<String> match) {
        return catalogue.labels(current.tenant(), selectors(match)).map(this::answer);
    }

    /** The same, sent as a form. */
    @POST
    @Path("/labels")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed("viewer")
    @Operation(summary = "Names of labels, by form", operationId = "postPrometheusLabels")
    public Uni<PrometheusAnswer> postLabels(@FormParam("match[]") List<String> match) {
        return labels(match);
    }

    /** The values of one label. */
    @GET
    @Path("/label/{label}/values")
    @RolesAllowed("viewer")
    @Operation(summary = "Values of a label", operationId = "listPrometheusLabelValues")
    public Uni<PrometheusAnswer> values(
            @PathParam("label") @Parameter(example = "__name__") String label,
            @QueryParam("match[]") @Parameter(example = "cpu_percent") List<String> match) {
        TenantId tenant = current.tenant();
        if (!Catalogue.isLabel(label)) {
            throw ProblemException.notFound("label", label);
        }
        return catalogue.values(tenant, label, selectors(match)).map(this::answer);
    }

    /** The series that fit. */
    @GET
    @Path("/series")
    @RolesAllowed("viewer")
    @Operation(summary = "Series by their labels", operationId = "listPrometheusSeries")
    public Uni<PrometheusAnswer> series(
            @QueryParam("match[]") @Parameter(required = true, example = "cpu_percent")
                    List<String> match) {
        if (match.isEmpty()) {
            throw PromQlException.badData("no match[] parameter provided");
        }
        return catalogue.series(current.tenant(), selectors(match)).map(this::answer);
    }

    /** The same, sent as a form. */
    @POST
    @Path("/series")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed("viewer")
    @Operation(summary = "Series by their labels, by form", operationId = "postPrometheusSeries")
    public Uni<PrometheusAnswer> postSeries(@FormParam("match[]") List<String> match) {
        return series(match);
    }

    /** What metrics are. */
    @GET
    @Path("/metadata")
    @RolesAllowed("viewer")
    @Operation(
            summary = "Types and texts of metrics",
            operationId = "listPrometheusMetadata",
            description = "Of the metrics the service makes; what was sent has no type here")
    public Uni<PrometheusAnswer> metadata(
            @QueryParam("metric") @Parameter(example = "anomaly_score") Optional<String> metric) {
        current.tenant();
        return Uni.createFrom().item(PrometheusAnswer.of(Catalogue.metadata(metric)));
    }

    /** Which program answers, by which Grafana tells what it may ask. */
    @GET
    @Path("/status/buildinfo")
    @RolesAllowed("viewer")
    @Operation(summary = "Version", operationId = "getPrometheusBuildInfo")
    public PrometheusAnswer buildInfo() {
        current.tenant();
        return PrometheusAnswer.of(Map.of("application", "vedette", "version", version));
    }

    private static List<Selector> selectors(List<String> match) {
        if (match.size() > MOST_SELECTORS) {
            throw PromQlException.badData("more than " + MOST_SELECTORS + " match[] parameters");
        }
        return match.stream().map(Parser::selector).toList();
    }

    private <T> PrometheusAnswer answer(Catalogue.Listing<T> listing) {
        return PrometheusAnswer.of(listing.items(), listing.isCut() ? CUT : List.of());
    }
}

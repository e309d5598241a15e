package dev.vedette.promql.rest;

import dev.vedette.http.CurrentCaller;
import dev.vedette.http.Problem;
import dev.vedette.promql.Expression;
import dev.vedette.promql.Parser;
import dev.vedette.promql.PromQlException;
import dev.vedette.promql.Query;
import dev.vedette.promql.Selector;
import dev.vedette.promql.Steps;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Answers PromQL. */
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
public class PrometheusQueryResource {
    private static final String OFFERED =
            "A part of PromQL: selectors with =, !=, =~, !~ and offset; rate, irate, increase,"
                    + " delta and the _over_time functions; sum, avg, min, max, count, stddev, group,"
                    + " topk and bottomk; arithmetic, comparisons and set operators. Metrics are those"
                    + " that were sent, and anomaly_score, anomaly_expected, anomaly_lower and"
                    + " anomaly_upper with all their labels and metric_name, and"
                    + " anomaly_aggregate_score per level.";

    private final CurrentCaller current;
    private final Query query;
    private final InstantSource clock;

    PrometheusQueryResource(CurrentCaller current, Query query, InstantSource clock) {
        this.current = current;
        this.query = query;
        this.clock = clock;
    }

    /** The worth of a query at one moment. */
    @GET
    @Path("/query")
    @RolesAllowed("viewer")
    @Operation(
            summary = "Query at one moment",
            operationId = "queryPrometheus",
            description = OFFERED)
    public Uni<PrometheusAnswer> query(
            @QueryParam("query") @Parameter(required = true, example = "cpu_percent")
                    Optional<String> text,
            @QueryParam("time") @Parameter(example = "1795248060") Optional<String> time) {
        TenantId tenant = current.tenant();
        Expression expression = Parser.parse(PrometheusParameters.required("query", text));
        Steps moment =
                Steps.at(
                        time.map(sent -> PrometheusParameters.time("time", sent))
                                .orElseGet(clock::instant));
        if (expression instanceof Expression.Select(Selector selector)
                && !selector.range().isZero()) {
            return query.samples(tenant, selector, moment)
                    .map(samples -> PrometheusAnswer.of(PrometheusJson.samples(samples)));
        }
        return query.answer(tenant, expression, moment)
                .map(answer -> PrometheusAnswer.of(PrometheusJson.instant(answer, moment)));
    }

    /** The same, sent as a form. */
    @POST
    @Path("/query")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed("viewer")
    @Operation(
            summary = "Query at one moment, by form",
            operationId = "postPrometheusQuery",
            description = OFFERED)
    public Uni<PrometheusAnswer> postQuery(
            @FormParam("query") Optional<String> text, @FormParam("time") Optional<String> time) {
        return query(text, time);
    }

    /** The worth of a query at each step from start to end. */
    @GET
    @Path("/query_range")
    @RolesAllowed("viewer")
    @Operation(
            summary = "Query at steps",
            operationId = "queryPrometheusRange",
            description = OFFERED)
    public Uni<PrometheusAnswer> queryRange(
            @QueryParam("query") @Parameter(required = true, example = "avg(cpu_percent)")
                    Optional<String> text,
            @QueryParam("start") @Parameter(required = true, example = "1795248060")
                    Optional<String> start,
            @QueryParam("end") @Parameter(required = true, example = "1795251660")
                    Optional<String> end,
            @QueryParam("step") @Parameter(required = true, example = "60") Optional<String> step) {
        TenantId tenant = current.tenant();
        Expression expression = Parser.parse(PrometheusParameters.required("query", text));
        Steps steps = PrometheusParameters.steps(start, end, step);
        if (expression instanceof Expression.Select(Selector selector)
                && !selector.range().isZero()) {
            throw PromQlException.badData(
                    "invalid expression type \"range vector\" for range query, must be Scalar or"
                            + " instant Vector");
        }
        return query.answer(tenant, expression, steps)
                .map(answer -> PrometheusAnswer.of(PrometheusJson.range(answer, steps)));
    }

    /** The same, sent as a form. */
    @POST
    @Path("/query_range")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed("viewer")
    @Operation(
            summary = "Query at steps, by form",
            operationId = "postPrometheusQueryRange",
            description = OFFERED)
    public Uni<PrometheusAnswer> postQueryRange(
            @FormParam("query") Optional<String> text,
            @FormParam("start") Optional<String> start,
            @FormParam("end") Optional<String> end,
            @FormParam("step") Optional<String> step) {
        return queryRange(text, start, end, step);
    }
}

package dev.vedette.detection.rest;

import dev.vedette.detection.Anomaly;
import dev.vedette.detection.AnomalyContexts;
import dev.vedette.detection.AnomalyExplainer;
import dev.vedette.detection.AnomalyQueries;
import dev.vedette.detection.AnomalySource;
import dev.vedette.detection.AnomalyStatus;
import dev.vedette.detection.engine.AnomalyType;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.Cursors;
import dev.vedette.http.Ids;
import dev.vedette.http.Page;
import dev.vedette.http.Pages;
import dev.vedette.http.ProblemException;
import dev.vedette.http.TimeFormat;
import dev.vedette.http.TimeParameters;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Stored anomalies. */
@Path("/api/v1/anomalies")
@Tag(name = "Anomalies")
public class AnomaliesResource {
    private final CurrentCaller current;
    private final AnomalyQueries anomalies;
    private final AnomalyContexts contexts;
    private final AnomalyExplainer explainer;
    private final Cursors cursors;

    AnomaliesResource(
            CurrentCaller current,
            AnomalyQueries anomalies,
            AnomalyContexts contexts,
            AnomalyExplainer explainer,
            Cursors cursors) {
        this.current = current;
        this.anomalies = anomalies;
        this.contexts = contexts;
        this.explainer = explainer;
        this.cursors = cursors;
    }

    /** Lists the tenant's anomalies, newest first. */
    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "List anomalies", operationId = "listAnomalies")
    public Uni<Page<AnomalyJson>> list(
            @QueryParam("from") @Parameter(description = "Ends at or after") Optional<String> from,
            @QueryParam("to") @Parameter(description = "Starts before") Optional<String> to,
            @QueryParam("cluster_id") Optional<String> clusterId,
            @QueryParam("node_id") Optional<String> nodeId,
            @QueryParam("metric_name") Optional<String> metricName,
            @QueryParam("label") @Parameter(example = "spike") Optional<String> label,
            @QueryParam("min_score") @DefaultValue("0") double minScore,
            @QueryParam("status") @Parameter(example = "open") Optional<String> status,
            @QueryParam("source") @Parameter(example = "metric") Optional<String> source,
            @QueryParam("limit") @DefaultValue(Pages.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") Optional<String> cursor,
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat) {
        AnomalyQueries.Filter filter =
                new AnomalyQueries.Filter(
                        TimeParameters.time("from", from),
                        TimeParameters.time("to", to),
                        clusterId,
                        nodeId,
                        metricName,
                        label.map(text -> Choices.of("label", text, AnomalyType.values())),
                        Choices.share("min_score", minScore),
                        status.map(text -> Choices.of("status", text, AnomalyStatus.values())),
                        source.map(text -> Choices.of("source", text, AnomalySource.values())));
        return page(filter, Pages.limit(limit), cursor, TimeFormat.of(timeFormat));
    }

    private Uni<Page<AnomalyJson>> page(
            AnomalyQueries.Filter filter, int limit, Optional<String> cursor, TimeFormat format) {
        TenantId tenant = current.tenant();
        List<?> question = List.of("anomalies", tenant, filter);
        Optional<AnomalyQueries.Position> after =
                cursors.decode(question, cursor, AnomalyQueries.Position::new);
        int shown = Math.min(limit, Pages.MAX_LIMIT - 1);
        return anomalies
                .list(tenant, filter, after, shown + 1)
                .chain(rows ->
                        anomalies
                                .incidentsOf(tenant, rows.stream().map(Anomaly::id).toList())
                                .map(incidents ->
                                        Page.of(
                                                rows,
                                                shown,
                                                row ->
                                                        AnomalyJson.of(
                                                                row, of(incidents, row), format),
                                                row ->
                                                        cursors.encode(
                                                                question,
                                                                row.result().windowStart(),
                                                                row.id()))));
    }

    private static Optional<UUID> of(Map<UUID, UUID> incidents, Anomaly anomaly) {
        return Optional.ofNullable(incidents.get(anomaly.id()));
    }

    /** One anomaly with the points around it and what else was strange then. */
    @GET
    @Path("/{id}")
    @RolesAllowed("viewer")
    @Operation(summary = "Read an anomaly with its context", operationId = "readAnomaly")
    public Uni<AnomalyDetailJson> read(
            @PathParam("id") String id,
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat) {
        TimeFormat format = TimeFormat.of(timeFormat);
        TenantId tenant = current.tenant();
        UUID known = Ids.of("anomaly", id);
        return Uni.combine()
                .all()
                .unis(contexts.find(tenant, known), anomalies.incidentsOf(tenant, List.of(known)))
                .asTuple()
                .map(parts -> {
                    Optional<UUID> incident = Optional.ofNullable(parts.getItem2().get(known));
                    return parts.getItem1()
                            .map(context ->
                                    AnomalyDetailJson.of(
                                            context, explained(context), incident, format))
                            .orElseThrow(() -> ProblemException.notFound("anomaly", id));
                });
    }

    /** Its stored text, and what moved with it, which only is known now. */
    private Anomaly explained(AnomalyContexts.Context context) {
        Anomaly anomaly = context.anomaly();
        return anomaly.explained(
                explainer.withCompany(anomaly.explanation(), anomaly.place(), context.company()));
    }
}

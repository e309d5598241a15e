package dev.vedette.detection.rest;

import dev.vedette.detection.SeriesDirectory;
import dev.vedette.detection.threshold.TenantThresholds;
import dev.vedette.detection.threshold.Thresholds;
import dev.vedette.http.CurrentCaller;
import dev.vedette.series.NodeKey;
import dev.vedette.series.Series;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the rules come to for each series. */
@Path("/api/v1/thresholds")
@Tag(name = "Thresholds")
public class EffectiveThresholdsResource {
    private static final int MOST_EFFECTIVE = 100;

    private final CurrentCaller current;
    private final Thresholds thresholds;
    private final SeriesDirectory directory;

    EffectiveThresholdsResource(
            CurrentCaller current, Thresholds thresholds, SeriesDirectory directory) {
        this.current = current;
        this.thresholds = thresholds;
        this.directory = directory;
    }

    /**
     * What holds for series.
     *
     * @param nodes what holds for the nodes of these series as wholes, by name
     */
    @Schema(name = "EffectiveThresholds")
    record EffectiveJson(List<SeriesThreshold> items, List<WholeNode> nodes) {}

    /** What holds for one node as a whole. */
    @Schema(name = "WholeNodeThreshold")
    record WholeNode(String clusterId, String nodeId, ThresholdJson.OfNode effective) {}

    /** What holds for one series. */
    @Schema(name = "SeriesThreshold")
    record SeriesThreshold(
            String clusterId,
            String nodeId,
            String metricName,
            Map<String, String> labels,
            ThresholdJson.Effective effective) {}

    /** Tells what holds for the series that fit, and where each field comes from. */
    @GET
    @Path("/effective")
    @RolesAllowed("viewer")
    @Operation(
            summary = "Tell which thresholds hold for series and their nodes, and why",
            operationId = "effectiveThresholds",
            description = "The first 100 series that fit, by id.")
    public Uni<EffectiveJson> effective(
            @QueryParam("cluster_id") @Parameter(example = "edge") Optional<String> clusterId,
            @QueryParam("node_id") @Parameter(example = "api-05") Optional<String> nodeId,
            @QueryParam("metric_name") @Parameter(example = "cpu_percent")
                    Optional<String> metricName,
            @Context UriInfo uri) {
        TenantId tenant = current.tenant();
        SeriesDirectory.Filter filter = SeriesFilters.of(clusterId, nodeId, metricName, uri);
        return Uni.combine()
                .all()
                .unis(thresholds.current(tenant), directory.list(tenant, filter, 0, MOST_EFFECTIVE))
                .with((rules, found) ->
                        new EffectiveJson(
                                found.stream().map(one -> effective(rules, one)).toList(),
                                nodes(rules, found)));
    }

    private static List<WholeNode> nodes(TenantThresholds rules, List<Series> series) {
        return series.stream()
                .map(one -> NodeKey.of(one.key()))
                .distinct()
                .sorted(Comparator.comparing(NodeKey::clusterId).thenComparing(NodeKey::nodeId))
                .map(node ->
                        new WholeNode(
                                node.clusterId(),
                                node.nodeId(),
                                ThresholdJson.OfNode.of(rules.resolve(node))))
                .toList();
    }

    private static SeriesThreshold effective(TenantThresholds rules, Series series) {
        return new SeriesThreshold(
                series.key().clusterId(),
                series.key().nodeId(),
                series.key().metricName(),
                series.key().labels().pairs(),
                ThresholdJson.Effective.of(rules.resolve(series)));
    }
}

package dev.vedette.aggregation.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.vedette.aggregation.HealthReader;
import dev.vedette.aggregation.TenantHealth;
import dev.vedette.http.ApiDescription;
import dev.vedette.http.ApiTime;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.TenantDirectory;
import dev.vedette.http.TimeFormat;
import dev.vedette.tenant.Tenant;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How the tenant stands now; the probes of the service itself are at {@code /q/health}. */
@Path("/api/v1/health")
@Tag(name = "Scores")
public class HealthResource {
    private final CurrentCaller current;
    private final TenantDirectory tenants;
    private final HealthReader reader;

    HealthResource(CurrentCaller current, TenantDirectory tenants, HealthReader reader) {
        this.current = current;
        this.tenants = tenants;
        this.reader = reader;
    }

    /**
     * The tenant's health.
     *
     * @param score 1 all well, 0 everywhere strange
     * @param newest end of the newest scored bucket
     * @param clusters the worst first
     */
    @Schema(name = "Health")
    public record HealthJson(
            @JsonProperty("tenant_id") @Schema(examples = "acme") String tenantId,
            @Schema(examples = "0.87") double score,
            @Schema(examples = "Nothing is wrong.") String words,
            @JsonProperty("num_series") long numSeries,
            @JsonProperty("num_anomalies_open") int numAnomaliesOpen,
            Optional<ApiTime> newest,
            List<ClusterJson> clusters) {
        static HealthJson of(TenantId tenant, TenantHealth health, TimeFormat format) {
            return new HealthJson(
                    tenant.value(),
                    health.score(),
                    health.words(),
                    health.series(),
                    health.openAnomalies(),
                    health.newest().map(time -> new ApiTime(time, format)),
                    health.clusters().stream().map(ClusterJson::of).toList());
        }
    }

    /**
     * The health of one cluster.
     *
     * @param anomalyScore the higher of its 95th percentile and half its maximum
     * @param trend anomaly score over the last day, oldest first; null where nothing was judged
     */
    @Schema(name = "ClusterHealth")
    public record ClusterJson(
            @JsonProperty("cluster_id") @Schema(examples = "edge") String clusterId,
            double score,
            @JsonProperty("anomaly_score") double anomalyScore,
            @Schema(examples = "Memory on node-042 climbing; 3 of 40 nodes") String words,
            @JsonProperty("num_nodes") int numNodes,
            @JsonProperty("num_nodes_strange") int numNodesStrange,
            @JsonProperty("num_metrics_analyzed") int numMetricsAnalyzed,
            @JsonProperty("num_anomalies_open") int numAnomaliesOpen,
            @JsonRawValue @Schema(ref = ApiDescription.NUMBERS) String trend,
            @JsonProperty("trend_step_seconds") long trendStepSeconds) {
        static ClusterJson of(TenantHealth.Cluster cluster) {
            return new ClusterJson(
                    cluster.clusterId(),
                    cluster.score(),
                    cluster.anomalyScore(),
                    cluster.words(),
                    cluster.nodes(),
                    cluster.strangeNodes(),
                    cluster.series(),
                    cluster.openAnomalies(),
                    ScoreColumns.json(cluster.trend()),
                    cluster.step().toSeconds());
        }
    }

    /** Reads the tenant's health. */
    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "Read the tenant's health", operationId = "readHealth")
    public Uni<HealthJson> read(
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat) {
        TenantId tenant = current.tenant();
        TimeFormat format = TimeFormat.of(timeFormat);
        return zone(tenant)
                .chain(zone -> reader.health(tenant, zone))
                .map(health -> HealthJson.of(tenant, health, format));
    }

    private Uni<ZoneId> zone(TenantId tenant) {
        return tenants.find(tenant).map(found -> found.map(Tenant::zone).orElse(ZoneOffset.UTC));
    }
}

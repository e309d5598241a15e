package dev.vedette.detection.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vedette.detection.PeerGroups;
import dev.vedette.http.ApiTime;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.TimeFormat;
import dev.vedette.http.TimeParameters;
import dev.vedette.series.TimeRange;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The nodes of a cluster beside one another. */
@Path("/api/v1/peers")
@Tag(name = "Metrics")
public class PeersResource {
    private static final Duration USUAL = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(7);

    private final CurrentCaller current;
    private final PeerGroups peers;
    private final InstantSource clock;

    PeersResource(CurrentCaller current, PeerGroups peers, InstantSource clock) {
        this.current = current;
        this.peers = peers;
        this.clock = clock;
    }

    /**
     * How the nodes compare.
     *
     * @param items the most unlike first
     */
    @Schema(name = "Peers")
    public record PeersJson(ApiTime from, ApiTime to, List<PeerJson> items) {}

    /**
     * One node's series among its peers.
     *
     * @param value its median; null where fewer than four nodes had values
     * @param valueOfAll the median of all nodes
     * @param distance median robust deviations from the median of all, signed
     * @param score how unlike the others, in [0,1)
     * @param outlier whether the score is 0.6 or more
     */
    @Schema(name = "Peer")
    public record PeerJson(
            @JsonProperty("series_id") long seriesId,
            @JsonProperty("node_id") String nodeId,
            Map<String, String> labels,
            Optional<Double> value,
            @JsonProperty("value_of_all") Optional<Double> valueOfAll,
            double distance,
            double score,
            boolean outlier) {
        static PeerJson of(PeerGroups.Member member) {
            return new PeerJson(
                    member.series().id().value(),
                    member.series().key().nodeId(),
                    member.series().key().labels().pairs(),
                    Optional.of(member.peer().usual()).filter(Double::isFinite),
                    Optional.of(member.peer().usualOfAll()).filter(Double::isFinite),
                    member.peer().distance(),
                    member.peer().score(),
                    member.peer().isOutlier());
        }
    }

    /** Compares the nodes of a cluster in one metric. */
    @GET
    @RolesAllowed("viewer")
    @Operation(
            summary = "Compare nodes with their peers",
            operationId = "readPeers",
            description =
                    "Which node stands apart from the others of its cluster in a metric, whatever"
                            + " was usual for it before. The last hour when from and to are left"
                            + " out, at most seven days. Series with the same labels are peers;"
                            + " at least four are needed.")
    public Uni<PeersJson> read(
            @QueryParam("cluster_id") @Parameter(required = true, example = "edge")
                    Optional<String> clusterId,
            @QueryParam("metric_name") @Parameter(required = true, example = "cpu_percent")
                    Optional<String> metricName,
            @QueryParam("from") @Parameter(example = "2026-11-21T07:00:00Z") Optional<String> from,
            @QueryParam("to") @Parameter(example = "2026-11-21T08:00:00Z") Optional<String> to,
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat,
            @Context UriInfo uri) {
        TimeFormat format = TimeFormat.of(timeFormat);
        TimeRange range =
                Ranges.of(
                        TimeParameters.time("from", from),
                        TimeParameters.time("to", to),
                        clock.instant(),
                        USUAL);
        Ranges.requireAtMost(range, LONGEST, "ask for a shorter range");
        return peers.compare(
                        current.tenant(),
                        SeriesFilters.of(
                                Ranges.required("cluster_id", clusterId),
                                Optional.empty(),
                                Ranges.required("metric_name", metricName),
                                uri),
                        range)
                .map(members ->
                        new PeersJson(
                                new ApiTime(range.from(), format),
                                new ApiTime(range.to(), format),
                                members.stream().map(PeerJson::of).toList()));
    }
}

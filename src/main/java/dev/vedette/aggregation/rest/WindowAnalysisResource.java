package dev.vedette.aggregation.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vedette.aggregation.ShareTree;
import dev.vedette.aggregation.WindowRanking;
import dev.vedette.detection.rest.Ranges;
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
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What moved in a window, and where it belongs. */
@Path("/api/v1/window-analysis")
@Tag(name = "Scores")
public class WindowAnalysisResource {
    private static final int MOST_BRANCHES = 20;

    private final CurrentCaller current;
    private final WindowRanking ranking;
    private final InstantSource clock;

    WindowAnalysisResource(CurrentCaller current, WindowRanking ranking, InstantSource clock) {
        this.current = current;
        this.ranking = ranking;
        this.clock = clock;
    }

    /**
     * What moved.
     *
     * @param from start of the window, widened to whole five minutes
     * @param to its end
     * @param beforeFrom start of what it is compared with, which ends where the window starts
     * @param numMetricsAnalyzed series judged in the window
     * @param items the greatest rises first
     * @param tree clusters, their nodes, their metrics
     */
    @Schema(name = "WindowAnalysis")
    public record AnalysisJson(
            ApiTime from,
            ApiTime to,
            @JsonProperty("before_from") ApiTime beforeFrom,
            @JsonProperty("num_metrics_analyzed") int numMetricsAnalyzed,
            List<MovedJson> items,
            List<ShareJson> tree) {}

    /**
     * How one series moved.
     *
     * @param rank from 1
     * @param peakScore highest score in the window
     * @param peakAt start of the five minutes of it
     * @param level quadratic mean of its highest scores per five minutes of the window
     * @param levelBefore the same before
     * @param share its rise, level less level_before, as a share of all rises
     */
    @Schema(name = "Moved")
    public record MovedJson(
            int rank,
            @JsonProperty("cluster_id") String clusterId,
            @JsonProperty("node_id") String nodeId,
            @JsonProperty("metric_name") String metricName,
            Map<String, String> labels,
            @JsonProperty("peak_score") double peakScore,
            @JsonProperty("peak_at") ApiTime peakAt,
            double level,
            @JsonProperty("level_before") double levelBefore,
            double share) {
        static MovedJson of(int rank, WindowRanking.Moved moved, TimeFormat format) {
            return new MovedJson(
                    rank,
                    moved.key().clusterId(),
                    moved.key().nodeId(),
                    moved.key().metricName(),
                    moved.key().labels().pairs(),
                    moved.peak(),
                    new ApiTime(moved.peakAt(), format),
                    moved.inside(),
                    moved.before(),
                    moved.share());
        }
    }

    /** A cluster, node or metric and its share of all rises. */
    @Schema(name = "MovedShare")
    public record ShareJson(String name, double share, List<ShareJson> parts) {
        static ShareJson of(ShareTree.Branch branch) {
            return new ShareJson(
                    branch.name(),
                    branch.share(),
                    branch.parts().stream().map(ShareJson::of).toList());
        }
    }

    /** Ranks every series of the tenant by how unusual it was in a window against before. */
    @GET
    @RolesAllowed("viewer")
    @Operation(
            summary = "Tell what moved in a window",
            operationId = "analyzeWindow",
            description =
                    "Ranks every series by how much its scores rose against before: four times as"
                            + " long, an hour to a day. The last hour when from and to are left"
                            + " out; at most seven days.")
    public Uni<AnalysisJson> analyze(
            @QueryParam("from") Optional<String> from,
            @QueryParam("to") Optional<String> to,
            @QueryParam("cluster_id") @Parameter(example = "edge") Optional<String> clusterId,
            @QueryParam("top") @DefaultValue("20") int top,
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat) {
        TimeFormat format = TimeFormat.of(timeFormat);
        TimeRange range =
                Ranges.of(
                        TimeParameters.time("from", from),
                        TimeParameters.time("to", to),
                        clock.instant(),
                        Duration.ofHours(1));
        Ranges.requireAtMost(range, WindowRanking.LONGEST, "ask for a shorter window");
        WindowRanking.Question question = WindowRanking.Question.of(range, clusterId);
        return ranking.rank(current.tenant(), question, RankResource.requireTop(top))
                .map(found ->
                        new AnalysisJson(
                                new ApiTime(question.window().from(), format),
                                new ApiTime(question.window().to(), format),
                                new ApiTime(question.before().from(), format),
                                found.series(),
                                IntStream.range(0, found.moved().size())
                                        .mapToObj(i ->
                                                MovedJson.of(i + 1, found.moved().get(i), format))
                                        .toList(),
                                ShareTree.of(found.moved(), MOST_BRANCHES).stream()
                                        .map(ShareJson::of)
                                        .toList()));
    }
}

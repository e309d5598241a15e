package dev.vedette.ingestion.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One series as it is written, for the OpenAPI document only: bodies are decoded into columns
 * without such objects.
 *
 * @param clusterId where it is
 * @param nodeId where in the cluster
 * @param metricName what is measured
 * @param labels what else tells the series apart
 * @param unit of the values
 * @param points pairs of time and value
 */
@Schema(name = "WrittenSeries", description = "One series and its points")
record WrittenSeries(
        @JsonProperty("cluster_id")
                @Schema(required = true, examples = "eu-1", maxLength = 256, minLength = 1)
                String clusterId,
        @JsonProperty("node_id")
                @Schema(required = true, examples = "web-17", maxLength = 256, minLength = 1)
                String nodeId,
        @JsonProperty("metric_name")
                @Schema(required = true, examples = "cpu_usage", maxLength = 256, minLength = 1)
                String metricName,
        @Schema(description = "At most 32, names and values of at most 256 characters")
                Map<String, String> labels,
        @Schema(description = "percent and count bound the values", examples = "percent")
                String unit,
        @Schema(
                        required = true,
                        description =
                                "[time, value] pairs; time is RFC 3339 or epoch milliseconds, value"
                                        + " a finite number")
                List<List<Object>> points) {
    /** A line that is accepted. */
    static final String LINE =
            """
            {"cluster_id":"eu-1","node_id":"web-17","metric_name":"cpu_usage",\
            "points":[[1769860860000,43.1]]}\
            """;

    /**
     * The body of a write.
     *
     * @param series the series
     */
    @Schema(name = "WriteRequest", description = "Points of one or more series")
    record Request(@Schema(required = true) List<WrittenSeries> series) {
        /** A body that is accepted. */
        static final String EXAMPLE =
                """
                {"series":[{"cluster_id":"eu-1","node_id":"web-17","metric_name":"cpu_usage",\
                "unit":"percent","points":[["2026-01-31T12:00:00Z",42.5],[1769860860000,43.1]]}]}\
                """;
    }
}

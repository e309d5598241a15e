package dev.vedette.ingestion.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vedette.ingestion.IncomingBatch;
import dev.vedette.ingestion.IngestionConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Pulls queries from a Prometheus server, or one that answers like it, by {@code
 * /api/v1/query_range}. One label names the cluster, another the node; {@code __name__} is the
 * metric, and what is left are the series' labels. Stretches longer than 11 000 steps, Prometheus'
 * own bound, are asked for in pieces.
 */
final class PrometheusSource implements MetricSource {
    /** What one answer may hold; more means the query is too wide. */
    private static final int MAX_ANSWER_BYTES = 64 << 20;

    private static final int MAX_STEPS = 10_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * How answers become series.
     *
     * @param clusterLabel label that names the cluster
     * @param nodeLabel label that names the node
     * @param defaultCluster cluster of series without that label
     */
    record Mapping(String clusterLabel, String nodeLabel, String defaultCluster) {}

    private final SourceIdentity identity;
    private final URI server;
    private final List<String> queries;
    private final Mapping mapping;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    PrometheusSource(SourceIdentity identity, URI server, List<String> queries, Mapping mapping) {
        this.identity = identity;
        this.server = server;
        this.queries = List.copyOf(queries);
        this.mapping = mapping;
    }

    static PrometheusSource of(String name, IngestionConfig.Source config) {
        return new PrometheusSource(
                SourceIdentity.of(name, config),
                config.url()
                        .orElseThrow(() ->
                                new IllegalArgumentException("source '" + name + "' needs a url")),
                config.queries().orElse(List.of("{__name__=~\".+\"}")),
                new Mapping(
                        config.clusterLabel(), config.nodeLabel(), config.cluster().orElse(name)));
    }

    @Override
    public SourceIdentity identity() {
        return identity;
    }

    @Override
    public void fetch(Instant from, Instant to, Consumer<IncomingBatch> sink) throws IOException {
        // Aligned steps, so that a stretch asked for twice gives the same times.
        long stepMillis = identity.interval().toMillis();
        long first = (from.toEpochMilli() / stepMillis + 1) * stepMillis;
        long last = to.toEpochMilli() / stepMillis * stepMillis;
        for (long start = first; start <= last; start += MAX_STEPS * stepMillis) {
            long end = Math.min(last, start + (MAX_STEPS - 1) * stepMillis);
            for (String query : queries) {
                IncomingBatch batch = batch(ask(query, start, end), query);
                if (batch.points().size() > 0) {
                    sink.accept(batch);
                }
            }
        }
    }

    private JsonNode ask(String query, long start, long end) throws IOException {
        String form =
                "query="
                        + URLEncoder.encode(query, StandardCharsets.UTF_8)
                        + "&start="
                        + seconds(start)
                        + "&end="
                        + seconds(end)
                        + "&step="
                        + seconds(identity.interval().toMillis());
        String base = server.toString().replaceAll("/+$", "");
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(base + "/api/v1/query_range"))
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build();
        try {
            HttpResponse<InputStream> response =
                    client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return result(response.statusCode(), body.readNBytes(MAX_ANSWER_BYTES + 1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while asking " + server);
        }
    }

    private JsonNode result(int status, byte[] body) throws IOException {
        if (body.length > MAX_ANSWER_BYTES) {
            throw new IOException(
                    server
                            + " answered more than "
                            + MAX_ANSWER_BYTES
                            + " bytes; narrow the query");
        }
        if (status != 200) {
            throw new IOException(
                    server
                            + " answered "
                            + status
                            + ": "
                            + new String(
                                    body, 0, Math.min(200, body.length), StandardCharsets.UTF_8));
        }
        return JSON.readTree(body).path("data").path("result");
    }

    private IncomingBatch batch(JsonNode result, String query) {
        SeriesBatch batch = new SeriesBatch(1024);
        for (JsonNode series : result) {
            for (JsonNode point : series.path("values")) {
                addPoint(batch, point);
            }
            endSeries(batch, series.path("metric"), query);
        }
        return batch.build();
    }

    // Values are strings, so that NaN and infinities have a form; those are gaps here.
    private static void addPoint(SeriesBatch batch, JsonNode point) {
        double value = parse(point.path(1).asText());
        if (Double.isFinite(value)) {
            batch.add(Math.round(point.path(0).asDouble() * 1000), value);
        }
    }

    private static double parse(String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            return Double.NaN; // "+Inf" and "-Inf", which Java spells otherwise
        }
    }

    private void endSeries(SeriesBatch batch, JsonNode metric, String query) {
        Map<String, String> labels = new TreeMap<>();
        metric.properties().forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        String cluster = taken(labels, mapping.clusterLabel()).orElse(mapping.defaultCluster());
        String node = taken(labels, mapping.nodeLabel()).orElse("all");
        String metricName = taken(labels, "__name__").orElse(query);
        batch.endSeries(cluster, node, metricName, labels, Optional.empty());
    }

    private static Optional<String> taken(Map<String, String> labels, String label) {
        return Optional.ofNullable(labels.remove(label)).filter(value -> !value.isBlank());
    }

    private static String seconds(long millis) {
        return java.math.BigDecimal.valueOf(millis, 3).toPlainString();
    }
}

package dev.vedette.ingestion.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vedette.ingestion.IncomingBatch;
import dev.vedette.ingestion.IngestionConfig;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Azure Monitor, by its REST API (learn.microsoft.com, "Metrics - List", api-version 2023-10-01),
 * signed in as an application (OAuth 2 client credentials). The queries are resource ids with the
 * metrics after a question mark, {@code
 * /subscriptions/…/virtualMachines/web-17?Percentage%20CPU,Network%20In}; the node is the
 * resource's name. Tested against recorded answers, never against Azure itself.
 */
final class AzureMonitorSource implements MetricSource {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TOKEN_MARGIN = Duration.ofMinutes(2);
    private static final String AGGREGATION = "Average";

    private final SourceIdentity identity;
    private final IngestionConfig.Source config;
    private final URI endpoint;
    private final URI login;
    private final List<String> queries;
    private final InstantSource clock;
    private final FetchedAnswers answers = new FetchedAnswers();
    private String token = "";
    private Instant tokenUntil = Instant.EPOCH;

    AzureMonitorSource(
            String name,
            IngestionConfig.Source config,
            URI endpoint,
            URI login,
            InstantSource clock) {
        this.identity = SourceIdentity.of(name, config);
        this.config = config;
        this.endpoint = endpoint;
        this.login = login;
        this.queries = config.queries().orElseThrow(() -> SourceSettings.missing(name, "queries"));
        this.clock = clock;
    }

    static AzureMonitorSource of(String name, IngestionConfig.Source config, InstantSource clock) {
        String directory =
                config.directory().orElseThrow(() -> SourceSettings.missing(name, "directory"));
        return new AzureMonitorSource(
                name,
                config,
                config.url().orElse(URI.create("https://management.azure.com")),
                URI.create("https://login.microsoftonline.com/" + directory + "/oauth2/v2.0/token"),
                clock);
    }

    @Override
    public SourceIdentity identity() {
        return identity;
    }

    @Override
    public void fetch(Instant after, Instant to, Consumer<IncomingBatch> sink) throws IOException {
        // clouds have a point some minutes late; one that is handed over again is harmless
        Instant from = after.minus(FetchedAnswers.LATENESS);
        for (String query : queries) {
            int cut = query.indexOf('?');
            if (cut < 0 || !query.startsWith("/")) {
                throw new IOException(
                        "'" + query + "' must be a resource id, '?' and the metrics' names");
            }
            String resource = query.substring(0, cut);
            JsonNode answer =
                    JSON.readTree(
                            answers.ask(request(resource, query.substring(cut + 1), from, to)));
            IncomingBatch batch = batch(answer, resource);
            if (batch.points().size() > 0) {
                sink.accept(batch);
            }
        }
    }

    private HttpRequest request(String resource, String metrics, Instant from, Instant to)
            throws IOException {
        String query =
                "/providers/Microsoft.Insights/metrics?api-version=2023-10-01&interval=PT1M"
                        + "&aggregation="
                        + AGGREGATION
                        + "&metricnames="
                        + metrics
                        + "&timespan="
                        + encoded(from + "/" + to);
        return HttpRequest.newBuilder(endpoint.resolve(resource + query))
                .timeout(FetchedAnswers.TIMEOUT)
                .header("Authorization", "Bearer " + token())
                .header("Accept", "application/json")
                .build();
    }

    // one source is fetched by one thread at a time
    private String token() throws IOException {
        if (clock.instant().isBefore(tokenUntil.minus(TOKEN_MARGIN))) {
            return token;
        }
        String form =
                "grant_type=client_credentials&client_id="
                        + encoded(secret(config.clientId(), "client-id"))
                        + "&client_secret="
                        + encoded(secret(config.clientSecret(), "client-secret"))
                        + "&scope="
                        + encoded("https://management.azure.com/.default");
        HttpRequest request =
                HttpRequest.newBuilder(login)
                        .timeout(FetchedAnswers.TIMEOUT)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build();
        JsonNode answer = JSON.readTree(answers.ask(request));
        token = answer.path("access_token").asText("");
        if (token.isEmpty()) {
            throw new IOException("the sign-in of source '" + identity.name() + "' gave no token");
        }
        tokenUntil = clock.instant().plusSeconds(answer.path("expires_in").asLong(0));
        return token;
    }

    private String secret(Optional<String> value, String setting) {
        return value.orElseThrow(() -> SourceSettings.missing(identity.name(), setting));
    }

    private IncomingBatch batch(JsonNode answer, String resource) throws IOException {
        SeriesBatch batch = new SeriesBatch(1024);
        for (JsonNode metric : answer.path("value")) {
            String metricName = metric.path("name").path("value").asText("");
            String unit = metric.path("unit").asText("").toLowerCase(Locale.ROOT);
            for (JsonNode series : metric.path("timeseries")) {
                for (JsonNode point : series.path("data")) {
                    addPoint(batch, point);
                }
                batch.endSeries(
                        config.cluster().orElse(identity.name()),
                        resource.substring(resource.lastIndexOf('/') + 1),
                        metricName,
                        labels(series),
                        Optional.of(unit)
                                .filter(known -> known.equals("percent") || known.equals("bytes")));
            }
        }
        return batch.build();
    }

    // a minute without a value has a time only
    private static void addPoint(SeriesBatch batch, JsonNode point) throws IOException {
        JsonNode value = point.path(AGGREGATION.toLowerCase(Locale.ROOT));
        if (value.isNumber()) {
            try {
                batch.add(
                        Instant.parse(point.path("timeStamp").asText()).toEpochMilli(),
                        value.asDouble());
            } catch (DateTimeParseException e) {
                throw new IOException("the answer has a time that is none", e);
            }
        }
    }

    private static Map<String, String> labels(JsonNode series) {
        Map<String, String> labels = new TreeMap<>();
        for (JsonNode dimension : series.path("metadatavalues")) {
            labels.put(
                    dimension.path("name").path("value").asText("dimension"),
                    dimension.path("value").asText(""));
        }
        return labels;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

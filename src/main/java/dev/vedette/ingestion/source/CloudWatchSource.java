package dev.vedette.ingestion.source;

import dev.vedette.ingestion.IncomingBatch;
import dev.vedette.ingestion.IngestionConfig;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Amazon CloudWatch, by the action {@code GetMetricData} of its Query API, version 2010-08-01. The
 * queries are its search expressions, such as {@code SEARCH('{AWS/EC2,InstanceId}
 * MetricName="CPUUtilization"', 'Average', 60)}. The answer is labelled with metric and node, which
 * is a dimension of the metric. Tested against recorded answers, never against AWS itself.
 */
final class CloudWatchSource implements MetricSource {
    /** Most pages of one answer; AWS gives up to 100 800 points a page. */
    private static final int MAX_PAGES = 100;

    private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";

    private final SourceIdentity identity;
    private final URI endpoint;
    private final List<String> queries;
    private final String cluster;
    private final String dimension;
    private final Credential credential;
    private final InstantSource clock;
    private final FetchedAnswers answers = new FetchedAnswers();

    /**
     * With what it may ask.
     *
     * @param signature signs its requests
     * @param sessionToken of a temporary key; empty for a lasting one
     */
    record Credential(AwsSignature signature, Optional<String> sessionToken) {}

    CloudWatchSource(
            String name,
            IngestionConfig.Source config,
            URI endpoint,
            Credential credential,
            InstantSource clock) {
        this.identity = SourceIdentity.of(name, config);
        this.endpoint = endpoint;
        this.queries = config.queries().orElseThrow(() -> SourceSettings.missing(name, "queries"));
        this.cluster = config.cluster().orElse(name);
        this.dimension = config.nodeLabel();
        this.credential = credential;
        this.clock = clock;
    }

    static CloudWatchSource of(String name, IngestionConfig.Source config, InstantSource clock) {
        String region = config.region().orElseThrow(() -> SourceSettings.missing(name, "region"));
        String key = config.clientId().orElseThrow(() -> SourceSettings.missing(name, "client-id"));
        String secret =
                config.clientSecret()
                        .orElseThrow(() -> SourceSettings.missing(name, "client-secret"));
        URI endpoint =
                config.url()
                        .orElseGet(() ->
                                URI.create("https://monitoring." + region + ".amazonaws.com"));
        return new CloudWatchSource(
                name,
                config,
                endpoint,
                new Credential(
                        new AwsSignature(key, secret, region, "monitoring"), config.sessionToken()),
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
            Optional<String> next = Optional.empty();
            for (int page = 0; page == 0 || next.isPresent(); page++) {
                if (page == MAX_PAGES) {
                    throw new IOException("'" + query + "' has more than " + MAX_PAGES + " pages");
                }
                MetricDataResults results =
                        MetricDataResults.read(answers.ask(request(query, from, to, next)));
                IncomingBatch batch = batch(results);
                if (batch.points().size() > 0) {
                    sink.accept(batch);
                }
                next = results.nextToken();
            }
        }
    }

    private HttpRequest request(String query, Instant from, Instant to, Optional<String> next) {
        Map<String, String> form = new TreeMap<>();
        form.put("Action", "GetMetricData");
        form.put("Version", "2010-08-01");
        form.put("StartTime", from.toString());
        form.put("EndTime", to.toString());
        form.put("ScanBy", "TimestampAscending");
        form.put("MetricDataQueries.member.1.Id", "q1");
        form.put("MetricDataQueries.member.1.Expression", query);
        form.put("MetricDataQueries.member.1.Label", label());
        next.ifPresent(token -> form.put("NextToken", token));
        byte[] body = encoded(form).getBytes(StandardCharsets.UTF_8);
        Instant now = clock.instant();
        SortedMap<String, String> headers = AwsSignature.headers();
        headers.put("content-type", FORM);
        headers.put("host", endpoint.getAuthority());
        headers.put("x-amz-date", AwsSignature.time(now));
        credential.sessionToken().ifPresent(token -> headers.put("x-amz-security-token", token));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(endpoint.resolve("/"))
                        .timeout(FetchedAnswers.TIMEOUT)
                        .header(
                                "Authorization",
                                credential.signature().authorization(headers, body, now))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.remove("host"); // the client sets it itself
        headers.forEach(request::header);
        return request.build();
    }

    // dynamic labels: docs.aws.amazon.com, "Use dynamic labels"
    private String label() {
        return "${PROP('MetricName')}"
                + MetricDataResults.SEPARATOR
                + "${PROP('Dim."
                + dimension
                + "')}";
    }

    private static String encoded(Map<String, String> form) {
        StringBuilder text = new StringBuilder();
        form.forEach((name, value) ->
                text.append(text.isEmpty() ? "" : "&")
                        .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return text.toString();
    }

    private IncomingBatch batch(MetricDataResults results) {
        SeriesBatch batch = new SeriesBatch(1024);
        for (MetricDataResults.Result result : results.results()) {
            for (int i = 0; i < result.values().size(); i++) {
                batch.add(result.times().get(i).toEpochMilli(), result.values().get(i));
            }
            String node = result.node().isBlank() ? "all" : result.node();
            batch.endSeries(cluster, node, result.metric(), Map.of(), Optional.empty());
        }
        return batch.build();
    }
}

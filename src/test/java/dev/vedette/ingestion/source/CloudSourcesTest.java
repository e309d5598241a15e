package dev.vedette.ingestion.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vedette.ingestion.IncomingBatch;
import dev.vedette.ingestion.IncomingSeries;
import dev.vedette.ingestion.IngestionConfig;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.quarkus.runtime.configuration.PathConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cloud sources against recorded answers. */
final class CloudSourcesTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:02:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);

    private final Queue<Answer> answers = new ArrayDeque<>();
    private final List<Asked> asked = new ArrayList<>();
    private final HttpServer server = emptyServer();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Answer(int status, byte[] body) {}

    private record Asked(URI uri, String authorization, String body) {}

    private static HttpServer emptyServer() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @BeforeEach
    void start() {
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        asked.add(
                new Asked(
                        exchange.getRequestURI(),
                        authorization == null ? "" : authorization,
                        body));
        Answer answer = answers.remove();
        exchange.sendResponseHeaders(answer.status(), answer.body().length);
        exchange.getResponseBody().write(answer.body());
        exchange.close();
    }

    // docs.aws.amazon.com, Signature Version 4 test suite, post-x-www-form-urlencoded
    @Test
    void signatureIsThatOfTheTestSuite() {
        AwsSignature signature =
                new AwsSignature(
                        "AKIDEXAMPLE",
                        "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
                        "us-east-1",
                        "service");
        SortedMap<String, String> headers = AwsSignature.headers();
        headers.put("content-type", "application/x-www-form-urlencoded");
        headers.put("host", "example.amazonaws.com");
        headers.put("x-amz-date", "20150830T123600Z");
        assertEquals(
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                        + " SignedHeaders=content-type;host;x-amz-date, Signature="
                        + "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
                signature.authorization(
                        headers,
                        "Param1=value1".getBytes(StandardCharsets.UTF_8),
                        Instant.parse("2015-08-30T12:36:00Z")));
        assertFalse(signature.toString().contains("wJalr"));
    }

    @Test
    void pagesOfCloudWatchBecomeSeries() throws IOException {
        recorded("cloudwatch-page-1.xml");
        recorded("cloudwatch-page-2.xml");
        List<IncomingBatch> batches = new ArrayList<>();
        cloudWatch().fetch(NOW.minusSeconds(120), NOW, batches::add);
        assertEquals(2, batches.size());
        IncomingSeries first = batches.getFirst().series().getFirst();
        assertEquals("aws", first.clusterId());
        assertEquals("i-0abc", first.nodeId());
        assertEquals("CPUUtilization", first.metricName());
        assertEquals(2, first.size());
        assertEquals(1, batches.getFirst().series().size());
        assertEquals("all", batches.getLast().series().getFirst().nodeId());
        Map<String, String> form = form(asked.getFirst().body());
        assertEquals("GetMetricData", form.get("Action"));
        assertEquals("2026-01-31T11:50:00Z", form.get("StartTime"));
        assertEquals(
                "SEARCH('{AWS/EC2,InstanceId}', 'Average', 60)",
                form.get("MetricDataQueries.member.1.Expression"));
        assertEquals("page-2", form(asked.getLast().body()).get("NextToken"));
        assertTrue(
                asked.getFirst()
                        .authorization()
                        .startsWith(
                                "AWS4-HMAC-SHA256 Credential=AK/20260131/eu-north-1/monitoring/"));
    }

    @Test
    void refusalOfCloudWatchIsReportedWithoutTheSecret() {
        answers.add(
                new Answer(
                        403,
                        "<Error><Code>AccessDenied</Code></Error>"
                                .getBytes(StandardCharsets.UTF_8)));
        String message =
                String.valueOf(
                        assertThrows(
                                        IOException.class,
                                        () -> cloudWatch().fetch(NOW, NOW, batch -> {}))
                                .getMessage());
        assertTrue(message.contains("403") && message.contains("AccessDenied"), message);
        assertFalse(message.contains("top-secret"), message);
    }

    // an entity that refers to itself, and one that reads a file
    @Test
    void entitiesAreNotExpanded() {
        String bomb =
                "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY f SYSTEM"
                        + " \"file:///etc/hostname\">]><GetMetricDataResponse><NextToken>&b;&f;</NextToken>"
                        + "</GetMetricDataResponse>";
        assertThrows(
                IOException.class,
                () -> MetricDataResults.read(bomb.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void metricsOfAzureBecomeSeriesAndTheSignInIsKept() throws IOException {
        recorded("azure-token.json");
        recorded("azure-metrics.json");
        recorded("azure-metrics.json");
        AzureMonitorSource source = azure();
        List<IncomingBatch> batches = new ArrayList<>();
        source.fetch(NOW.minusSeconds(120), NOW, batches::add);
        source.fetch(NOW.minusSeconds(60), NOW, batches::add);
        assertEquals(2, batches.size());
        List<IncomingSeries> series = batches.getFirst().series();
        assertEquals(
                List.of("Percentage CPU", "Disk Read Bytes"),
                series.stream().map(IncomingSeries::metricName).toList());
        assertEquals("web-17", series.getFirst().nodeId());
        assertEquals(2, series.getFirst().size());
        assertEquals(Optional.of("percent"), series.getFirst().unit());
        assertEquals(Map.of("LUN", "0"), series.getLast().labels());
        assertEquals(3, asked.size());
        assertEquals("/login", asked.getFirst().uri().getPath());
        assertEquals("Bearer recorded-token", asked.get(1).authorization());
        assertTrue(asked.get(1).uri().getQuery().contains("timespan=2026-01-31T11:50:00Z/"));
    }

    @Test
    void queryOfAzureWithoutMetricsIsReported() {
        AzureMonitorSource source = azure("/subscriptions/s/virtualMachines/web-17");
        assertThrows(IOException.class, () -> source.fetch(NOW, NOW, batch -> {}));
    }

    private CloudWatchSource cloudWatch() {
        return CloudWatchSource.of(
                "aws",
                config(
                        Map.of(
                                "type", "cloudwatch",
                                "tenant", "acme",
                                "url", root().toString(),
                                "region", "eu-north-1",
                                "client-id", "AK",
                                "client-secret", "top-secret",
                                "node-label", "InstanceId",
                                "queries", "SEARCH('{AWS/EC2\\,InstanceId}'\\, 'Average'\\, 60)")),
                CLOCK);
    }

    private AzureMonitorSource azure() {
        return azure(
                "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/web-17"
                        + "?Percentage%20CPU\\,Disk%20Read%20Bytes");
    }

    private AzureMonitorSource azure(String query) {
        return new AzureMonitorSource(
                "azure",
                config(
                        Map.of(
                                "type", "azure-monitor",
                                "tenant", "acme",
                                "client-id", "app",
                                "client-secret", "top-secret",
                                "queries", query)),
                root(),
                root().resolve("/login"),
                CLOCK);
    }

    private URI root() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private static IngestionConfig.Source config(Map<String, String> settings) {
        Map<String, String> prefixed = new HashMap<>();
        settings.forEach(
                (name, value) -> prefixed.put("vedette.ingestion.sources.it." + name, value));
        IngestionConfig config =
                new SmallRyeConfigBuilder()
                        .withMapping(IngestionConfig.class)
                        .withSources(new PropertiesConfigSource(prefixed, "test", 100))
                        .withConverters(
                                new Converter<?>[] {new MemorySizeConverter(), new PathConverter()})
                        .build()
                        .getConfigMapping(IngestionConfig.class);
        return Objects.requireNonNull(config.sources().get("it"), "it");
    }

    private void recorded(String file) throws IOException {
        try (InputStream body = CloudSourcesTest.class.getResourceAsStream(file)) {
            answers.add(new Answer(200, Objects.requireNonNull(body, file).readAllBytes()));
        }
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new HashMap<>();
        for (String pair : body.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }
}

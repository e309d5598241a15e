package dev.vedette.ingestion.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.DatabaseTestResource;
import dev.vedette.ingestion.otlp.OtlpJson;
import dev.vedette.series.Labels;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.Role;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(DatabaseTestResource.class)
final class OtlpResourceIT {
    private static final String PATH = "/v1/metrics";
    private static final String JSON = "application/json";
    private static final String PROTOBUF = "application/x-protobuf";

    @TestHTTPResource(PATH)
    URI url = URI.create("/");

    private final WriteApi api;
    private final String node = "n-" + UUID.randomUUID();

    OtlpResourceIT(WriteApi api) {
        this.api = api;
    }

    @Test
    void realSdkExportsItsInstruments() {
        for (AggregationTemporalitySelector temporality :
                new AggregationTemporalitySelector[] {
                    AggregationTemporalitySelector.alwaysCumulative(),
                    AggregationTemporalitySelector.deltaPreferred()
                }) {
            OtlpHttpMetricExporter exporter =
                    OtlpHttpMetricExporter.builder()
                            .setEndpoint(url.toString())
                            .setCompression("gzip")
                            .addHeader("Authorization", "Bearer " + api.token(Role.INGEST))
                            .setAggregationTemporalitySelector(temporality)
                            .build();
            String meter = "meter-" + UUID.randomUUID();
            try (SdkMeterProvider provider = provider(exporter)) {
                record(provider.get(meter));
                // fails when the service answers anything but success
                assertTrue(provider.forceFlush().join(30, TimeUnit.SECONDS).isSuccess());
            }
            Map<String, String> scope = Map.of("otel.scope.name", meter);
            assertTrue(api.series(key("requests", with(scope, "route", "/"))).isPresent());
            assertTrue(api.series(key("queue.length", scope)).isPresent());
            assertTrue(api.series(key("latency_count", scope)).isPresent());
            assertTrue(api.series(key("latency_bucket", with(scope, "le", "+Inf"))).isPresent());
        }
    }

    private SdkMeterProvider provider(OtlpHttpMetricExporter exporter) {
        return SdkMeterProvider.builder()
                .setResource(
                        Resource.create(
                                Attributes.builder()
                                        .put("k8s.cluster.name", "eu-1")
                                        .put("k8s.node.name", node)
                                        .put("telemetry.sdk.version", "left out")
                                        .build()))
                .registerMetricReader(
                        PeriodicMetricReader.builder(exporter)
                                .setInterval(Duration.ofHours(1))
                                .build())
                .build();
    }

    private static void record(Meter meter) {
        meter.counterBuilder("requests")
                .build()
                .add(3, Attributes.builder().put("route", "/").build());
        meter.upDownCounterBuilder("queue.length").build().add(2);
        meter.histogramBuilder("latency").setUnit("s").build().record(0.2);
    }

    @Test
    void bothEncodingsAreStoredAndAnsweredInKind() throws Exception {
        byte[] json = gauge("m", "\"1769860800000000000\"", 1).getBytes(UTF_8);
        post(JSON, json).statusCode(200).contentType(JSON).body("$", equalTo(Map.of()));
        byte[] protobuf =
                OtlpJson.toProtobuf(gauge("m", "\"1769860801000000000\"", 2).getBytes(UTF_8));
        byte[] answer =
                post(PROTOBUF, protobuf)
                        .statusCode(200)
                        .contentType(PROTOBUF)
                        .extract()
                        .asByteArray();
        assertEquals(0, answer.length);
        assertArrayEquals(new double[] {1, 2}, api.stored(key("m", Map.of())).values());
    }

    @Test
    void whatIsRefusedIsToldAsPartialSuccess() {
        String both =
                gauge("m", "\"1769860800000000000\"", 1)
                        .replace("]}}]}]}]}", ",{\"timeUnixNano\":\"5\",\"asDouble\":1}]}}]}]}]}");
        post(JSON, both.getBytes(UTF_8))
                .statusCode(200)
                .body("partialSuccess.rejectedDataPoints", equalTo("1"))
                .body("partialSuccess.errorMessage", containsString("1970"));
        assertArrayEquals(new double[] {1}, api.stored(key("m", Map.of())).values());
    }

    @Test
    void hostileBodiesAreRefusedWithAStatus() {
        post(JSON, "{".getBytes(UTF_8)).statusCode(400).body("code", equalTo(3));
        post(PROTOBUF, new byte[] {10, 127, 1}).statusCode(400).contentType(PROTOBUF);
        post(JSON, gauge("m", "\"5\"", 1).getBytes(UTF_8)).statusCode(400);
        post(JSON, ("{\"x\":\"" + "y".repeat(9 << 20) + "\"}").getBytes(UTF_8)).statusCode(413);
        api.request(Role.INGEST, PROTOBUF)
                .header("Content-Encoding", "gzip")
                .body(WriteApi.gzip(new byte[80 << 20]))
                .post(PATH)
                .then()
                .statusCode(413);
        api.request(Role.INGEST, PROTOBUF)
                .header("Content-Encoding", "br")
                .body(new byte[10])
                .post(PATH)
                .then()
                .statusCode(415);
        post("text/plain", new byte[10]).statusCode(415);
    }

    private ValidatableResponse post(String type, byte[] body) {
        return api.request(Role.INGEST, type).body(body).post(PATH).then();
    }

    private String gauge(String name, String time, double value) {
        return "{\"resourceMetrics\":[{\"resource\":{\"attributes\":[{\"key\":\"k8s.cluster.name\","
                + "\"value\":{\"stringValue\":\"eu-1\"}},{\"key\":\"host.name\",\"value\":"
                + "{\"stringValue\":\""
                + node
                + "\"}}]},\"scopeMetrics\":[{\"metrics\":[{\"name\":\""
                + name
                + "\",\"gauge\":{\"dataPoints\":[{\"timeUnixNano\":"
                + time
                + ",\"asDouble\":"
                + value
                + "}]}}]}]}]}";
    }

    private SeriesKey key(String metric, Map<String, String> labels) {
        return new SeriesKey(WriteApi.ACME, "eu-1", node, metric, Labels.of(labels));
    }

    private static Map<String, String> with(Map<String, String> labels, String name, String value) {
        Map<String, String> more = new java.util.HashMap<>(labels);
        more.put(name, value);
        return more;
    }
}

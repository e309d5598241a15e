package dev.vedette.ingestion.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.ingestion.IntakeResult;
import dev.vedette.ingestion.IntakeWorld;
import dev.vedette.ingestion.LabelDialect;
import dev.vedette.ingestion.RefusalReason;
import dev.vedette.ingestion.SenderMapping;
import dev.vedette.ingestion.SentIdentities;
import dev.vedette.ingestion.body.BodyLimits;
import dev.vedette.ingestion.body.MalformedBodyException;
import dev.vedette.ingestion.body.ProtobufWriter;
import dev.vedette.series.Labels;
import dev.vedette.series.SeriesEnd;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.TenantId;
import dev.vedette.tenant.TenantLimits;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Written as JSON, which is turned into the protobuf that is decoded. */
final class OtlpDecoderTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final long T = 1_769_860_800_000L;
    private static final BodyLimits LIMITS = new BodyLimits(16L << 20, 200, 10_000);

    private final IntakeWorld world =
            new IntakeWorld(InstantSource.fixed(Instant.ofEpochMilli(T)), TenantLimits.DEFAULT);
    private final OtlpDecoder decoder =
            new OtlpDecoder(new SentIdentities(64), new DeltaTotals(100), LIMITS);
    private final SenderMapping mapping =
            new SenderMapping(ACME, LabelDialect.OPENTELEMETRY.usual());

    @Test
    void gaugeIsPlacedByItsResource() throws Exception {
        IntakeResult result =
                take(
                        """
                        {"name":"cpu.usage","unit":"percent","gauge":{"dataPoints":[
                          {"timeUnixNano":"1769860800000000000","asDouble":42.5,
                           "attributes":[{"key":"cpu","value":{"intValue":"3"}}]}]}}
                        """);
        assertEquals(1, result.accepted());
        assertEquals(
                List.of(
                        new SeriesKey(
                                ACME,
                                "eu-1",
                                "web-17",
                                "cpu.usage",
                                Labels.of(
                                        Map.of(
                                                "cpu",
                                                "3",
                                                "service.name",
                                                "shop",
                                                "otel.scope.name",
                                                "meter")))),
                world.series());
        assertArrayEquals(new double[] {42.5}, world.values());
    }

    @Test
    void serviceIsTheNodeWhenThereIsNoHost() throws Exception {
        String body =
                """
                {"resourceMetrics":[{"resource":{"attributes":[
                  {"key":"service.name","value":{"stringValue":"shop"}}]},
                 "scopeMetrics":[{"metrics":[{"name":"m","gauge":{"dataPoints":[
                  {"timeUnixNano":"1769860800000000000","asInt":"7"}]}}]}]}]}
                """;
        intake(decode(body));
        assertEquals(
                List.of(new SeriesKey(ACME, "default", "shop", "m", Labels.NONE)), world.series());
    }

    @Test
    void deltaSumIsAddedUpAndSentAgainAddsNothing() throws Exception {
        for (int i = 0; i < 2; i++) {
            take(
                    """
                    {"name":"requests","sum":{"aggregationTemporality":1,"isMonotonic":true,
                     "dataPoints":[
                      {"timeUnixNano":"1769860800000000000","asInt":"5"},
                      {"timeUnixNano":"1769860801000000000","asInt":"2"}]}}
                    """);
        }
        assertArrayEquals(new double[] {5, 7, 5, 7}, world.values());
    }

    @Test
    void deltaOlderThanAllRememberedIsRefused() throws Exception {
        for (int i = 1; i <= 10; i++) {
            take(delta(T + i * 1000L, 1));
        }
        IntakeResult result = take(delta(T, 1));
        assertEquals(Map.of(RefusalReason.DELTA_TOO_LATE, 1), result.rejectedByReason());
        assertEquals(11, last(delta(T + 11_000, 1)));
    }

    @Test
    void histogramIsItsBucketsSumAndCount() throws Exception {
        IntakeResult result =
                take(
                        """
                        {"name":"latency","unit":"s","histogram":{"aggregationTemporality":2,
                         "dataPoints":[{"timeUnixNano":"1769860800000000000","count":"6","sum":9.5,
                          "bucketCounts":["1","2","3"],"explicitBounds":[0.5,1]}]}}
                        """);
        assertEquals(5, result.accepted());
        assertEquals(
                List.of(
                        "latency_count",
                        "latency_sum",
                        "latency_bucket",
                        "latency_bucket",
                        "latency_bucket"),
                world.series().stream().map(SeriesKey::metricName).toList());
        assertEquals(
                List.of("0.5", "1.0", "+Inf"),
                world.series().stream()
                        .map(key -> key.labels().pairs().getOrDefault("le", ""))
                        .filter(bound -> !bound.isEmpty())
                        .toList());
        double[] sorted = world.values();
        Arrays.sort(sorted);
        assertArrayEquals(new double[] {1, 3, 6, 6, 9.5}, sorted);
    }

    @Test
    void summaryIsItsQuantilesSumAndCount() throws Exception {
        IntakeResult result =
                take(
                        """
                        {"name":"latency","summary":{"dataPoints":[
                          {"timeUnixNano":"1769860800000000000","count":"6","sum":9.5,
                           "quantileValues":[{"quantile":0.5,"value":1},{"quantile":0.99,"value":"NaN"}]}]}}
                        """);
        assertEquals(4, result.accepted());
        assertEquals(
                List.of("latency_count", "latency_sum", "latency", "latency"),
                world.series().stream().map(SeriesKey::metricName).toList());
    }

    @Test
    void exponentialHistogramKeepsCountAndSum() throws Exception {
        OtlpBatch batch =
                decode(
                        body(
                                """
                                {"name":"latency","exponentialHistogram":{"dataPoints":[
                                  {"timeUnixNano":"1769860800000000000","count":"6","sum":9.5,
                                   "scale":3}]}}
                                """));
        assertEquals(1, batch.exponentials());
        assertEquals(2, intake(batch).accepted());
    }

    @Test
    void pointWithoutARecordedValueEndsItsSeries() throws Exception {
        take(
                """
                {"name":"m","gauge":{"dataPoints":[
                  {"timeUnixNano":"1769860800000000000","flags":1}]}}
                """);
        assertTrue(SeriesEnd.is(world.values()[0]));
    }

    @Test
    void badPointSpoilsOnlyItself() throws Exception {
        IntakeResult result =
                take(
                        """
                        {"name":"m","gauge":{"dataPoints":[
                          {"timeUnixNano":"0","asDouble":1},
                          {"timeUnixNano":"1769860800000000000","asDouble":1,"attributes":[
                            {"key":"long","value":{"stringValue":"%s"}}]},
                          {"timeUnixNano":"1769860800000000000","asDouble":2}]}}
                        """
                                .formatted("x".repeat(300)));
        assertEquals(1, result.accepted());
        assertEquals(
                Map.of(RefusalReason.TIMESTAMP_INVALID, 1, RefusalReason.LABELS_INVALID, 1),
                result.rejectedByReason());
    }

    @Test
    void tenThousandAttributesSpoilOnlyTheirPoint() throws Exception {
        StringBuilder attributes = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            attributes.append(i == 0 ? "" : ",");
            attributes
                    .append("{\"key\":\"k")
                    .append(i)
                    .append("\",\"value\":{\"boolValue\":true}}");
        }
        IntakeResult result =
                take(
                        "{\"name\":\"m\",\"gauge\":{\"dataPoints\":[{\"timeUnixNano\":\"1769860800000000000\","
                                + "\"asInt\":1,\"attributes\":["
                                + attributes
                                + "]},{\"timeUnixNano\":\"1769860800000000000\",\"asInt\":2}]}}");
        assertEquals(1, result.accepted());
        assertEquals(Map.of(RefusalReason.LABELS_INVALID, 1), result.rejectedByReason());
    }

    // a list in a list in a list …: reading it must not use up the stack
    @Test
    void attributesNestedTooDeepSpoilOnlyTheirPoint() throws Exception {
        ProtobufWriter any = new ProtobufWriter().text(1, "x");
        for (int i = 0; i < 5_000; i++) {
            any = new ProtobufWriter().message(5, new ProtobufWriter().message(1, any));
        }
        ProtobufWriter point =
                new ProtobufWriter()
                        .fixed64(3, T * 1_000_000)
                        .float64(4, 1)
                        .message(7, new ProtobufWriter().text(1, "k").message(2, any));
        byte[] message =
                nested(
                        new ProtobufWriter()
                                .text(1, "m")
                                .message(5, new ProtobufWriter().message(1, point)));
        IntakeResult result = intake(decoder.decode(mapping, message));
        assertEquals(Map.of(RefusalReason.LABELS_INVALID, 1), result.rejectedByReason());
    }

    @Test
    void scopeAndResourceMayStandBehindTheirMetrics() throws Exception {
        ProtobufWriter point = new ProtobufWriter().fixed64(3, T * 1_000_000).float64(4, 1);
        ProtobufWriter metric =
                new ProtobufWriter()
                        .message(5, new ProtobufWriter().message(1, point))
                        .text(1, "m");
        ProtobufWriter host =
                new ProtobufWriter()
                        .text(1, "host.name")
                        .message(2, new ProtobufWriter().text(1, "web-1"));
        byte[] message =
                new ProtobufWriter()
                        .message(
                                1,
                                new ProtobufWriter()
                                        .message(2, new ProtobufWriter().message(2, metric))
                                        .message(1, new ProtobufWriter().message(1, host)))
                        .toBytes();
        intake(decoder.decode(mapping, message));
        assertEquals(
                List.of(new SeriesKey(ACME, "default", "web-1", "m", Labels.NONE)), world.series());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{} {}",
                "{\"resourceMetrics\":[],\"resourceMetrics\":[]}",
                "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"gauge\":{\"dataPoints\":"
                        + "[{\"timeUnixNano\":\"soon\"}]}}]}]}]}"
            })
    void illFormedJsonIsRefused(String body) {
        assertThrows(MalformedBodyException.class, () -> OtlpJson.toProtobuf(body.getBytes(UTF_8)));
    }

    @Test
    void cutOffAtAnyByteIsAnswered() throws Exception {
        byte[] whole = OtlpJson.toProtobuf(body(delta(T, 1)).getBytes(UTF_8));
        int unreadable = 0;
        for (int length = 1; length < whole.length; length++) {
            try {
                decoder.decode(mapping, Arrays.copyOf(whole, length));
            } catch (MalformedBodyException e) {
                unreadable++;
            }
        }
        assertTrue(unreadable > whole.length / 2, "only " + unreadable + " were refused");
    }

    private double last(String metric) throws MalformedBodyException {
        take(metric);
        double[] values = world.values();
        return values[values.length - 1];
    }

    private static String delta(long epochMillis, int change) {
        return """
        {"name":"requests","sum":{"aggregationTemporality":1,"dataPoints":[
          {"timeUnixNano":"%d000000","asInt":"%d"}]}}
        """
                .formatted(epochMillis, change);
    }

    private static byte[] nested(ProtobufWriter metric) {
        return new ProtobufWriter()
                .message(
                        1, new ProtobufWriter().message(2, new ProtobufWriter().message(2, metric)))
                .toBytes();
    }

    private static String body(String metric) {
        return """
        {"resourceMetrics":[{"resource":{"attributes":[
          {"key":"k8s.cluster.name","value":{"stringValue":"eu-1"}},
          {"key":"service.name","value":{"stringValue":"shop"}},
          {"key":"process.pid","value":{"intValue":4711}},
          {"key":"host.name","value":{"stringValue":"web-17"}}]},
         "scopeMetrics":[{"scope":{"name":"meter"},"metrics":[%s]}]}]}
        """
                .formatted(metric);
    }

    private IntakeResult take(String metric) throws MalformedBodyException {
        return intake(decode(body(metric)));
    }

    private OtlpBatch decode(String body) throws MalformedBodyException {
        return decoder.decode(mapping, OtlpJson.toProtobuf(body.getBytes(UTF_8)));
    }

    private IntakeResult intake(OtlpBatch batch) {
        return world.intake.take(ACME, batch.points()).await().indefinitely();
    }
}

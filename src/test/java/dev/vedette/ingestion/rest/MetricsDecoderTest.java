package dev.vedette.ingestion.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import dev.vedette.ingestion.IncomingBatch;
import dev.vedette.ingestion.IncomingSeries;
import dev.vedette.ingestion.body.BodyLimits;
import dev.vedette.ingestion.body.ContentDecoder;
import dev.vedette.ingestion.body.MalformedBodyException;
import dev.vedette.ingestion.body.MalformedBodyException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsDecoderTest {
    private static final String ONE =
            """
            {"series":[{"cluster_id":"eu-1","node_id":"web-1","metric_name":"cpu",
             "labels":{"zone":"a"},"unit":"percent",
             "points":[[1760000000000,1.5],["2026-01-31T12:00:00Z",2],[1760000002000,-3e-2]]}]}\
            """;

    private static final BodyLimits LIMITS = new BodyLimits(4L << 20, 200, 10_000);

    @Test
    void seriesAndPointsAreRead() throws Exception {
        IncomingBatch batch = decode(ONE);
        IncomingSeries series = batch.series().getFirst();
        assertEquals("eu-1", series.clusterId());
        assertEquals("web-1", series.nodeId());
        assertEquals("cpu", series.metricName());
        assertEquals(Map.of("zone", "a"), series.labels());
        assertEquals(Optional.of("percent"), series.unit());
        assertEquals(3, series.size());
        assertEquals(0, refused(batch));
    }

    @Test
    void pointsMayComeBeforeTheNames() throws Exception {
        IncomingBatch batch =
                decode(
                        """
                        {"series":[{"points":[[1760000000000,1]],"metric_name":"m","node_id":"n",
                        "cluster_id":"c","something_new":{"a":[1,{}]}}],"also":null}\
                        """);
        assertEquals(1, batch.series().getFirst().size());
        assertEquals("m", batch.series().getFirst().metricName());
    }

    @Test
    void linesAreReadAsSeries() throws Exception {
        String line =
                "{\"cluster_id\":\"c\",\"node_id\":\"n\",\"metric_name\":\"m\",\"points\":[[1760000000000,1]]}\n";
        IncomingBatch batch =
                new MetricsDecoder(LIMITS)
                        .decodeLines(content((line + line).getBytes(UTF_8), ""), 99);
        assertEquals(2, batch.series().size());
        assertEquals("/1", batch.series().getLast().pointer());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[1760000000000]",
                "[1760000000000,1,2]",
                "[1760000000000,null]",
                "[1760000000000,\"NaN\"]",
                "[1760000000000,\"7\"]",
                "[1760000000000,true]",
                "[1760000000000,[1]]",
                "[1760000000000,{\"a\":[1]},[2],3]",
                "[1760000000000.5,1]",
                "[176000000000000000000000,1]",
                "[\"yesterday\",1]",
                "[null,1]",
                "[{},1]",
                "[[1,2],3]",
                "{\"t\":1,\"v\":2}",
                "7",
                "\"x\"",
                "null"
            })
    void oddPointIsMarkedAndItsNeighboursStand(String odd) throws Exception {
        IncomingBatch batch =
                decode(
                        "{\"series\":[{\"points\":[[1760000000000,1],"
                                + odd
                                + ",[1760000001000,2]]},{\"points\":[[1760000000000,3]]}]}");
        assertEquals(2, batch.series().size());
        assertEquals(3, batch.series().getFirst().size());
        assertEquals(4, batch.points().size());
        assertEquals(1, refused(batch), odd);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"series\":[7]}",
                "{\"series\":[null]}",
                "{\"series\":[[]]}",
                "{\"series\":[{\"cluster_id\":7,\"points\":[]}]}",
                "{\"series\":[{\"cluster_id\":{\"a\":[]},\"points\":[]}]}",
                "{\"series\":[{\"labels\":[],\"points\":[]}]}",
                "{\"series\":[{\"labels\":{\"a\":1},\"points\":[]}]}",
                "{\"series\":[{\"points\":{}}]}",
                "{\"series\":[{\"points\":7}]}",
                "{\"series\":[{}]}"
            })
    void seriesOfAWrongShapeIsFaulty(String text) throws Exception {
        assertTrue(decode(text).series().getFirst().fault().isPresent(), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "7",
                "[]",
                "\"series\"",
                "{}",
                "{",
                "{\"series\":}",
                "{\"series\":[}",
                "{\"series\":[]",
                "{\"series\":null}",
                "{\"series\":{}}",
                "{\"series\":[]}}",
                "{\"series\":[]} {}",
                "{\"series\":[]}x",
                "{\"series\":[],}",
                "{\"series\":[,]}",
                "{\"series\":[{}],\"series\":[]}",
                "{\"series\":[{\"points\":[],\"points\":[]}]}",
                "{\"series\":[{\"labels\":{\"a\":\"1\",\"a\":\"2\"},\"points\":[]}]}",
                "{'series':[]}",
                "{series:[]}",
                "{\"series\":[{\"points\":[[1,NaN]]}]}",
                "{\"series\":[{\"points\":[[1,Infinity]]}]}",
                "{\"series\":[{\"points\":[[1,-Infinity]]}]}",
                "{\"series\":[{\"points\":[[1,01]]}]}",
                "{\"series\":[{\"points\":[[1,.5]]}]}",
                "{\"series\":[{\"points\":[[1,1.]]}]}",
                "{\"series\":[{\"points\":[[1,+1]]}]}",
                "{\"series\":[{\"points\":[[1,0x10]]}]}",
                "{\"series\":[{\"points\":[[1,1e]]}]}",
                "{\"series\":[{\"points\":[[1,-]]}]}",
                "{\"series\":[{\"points\":[[1,1,]]}]}",
                "{\"series\":[{\"points\":[[1 1]]}]}",
                "{\"series\":[{\"cluster_id\":\"a\tb\",\"points\":[]}]}",
                "{\"series\":[{\"cluster_id\":\"\\x41\",\"points\":[]}]}",
                "{\"series\":[{\"cluster_id\":\"\\u00G0\",\"points\":[]}]}",
                "{\"series\":[{\"cluster_id\":\"open,\"points\":[]}]}",
                "{\"series\":[]} // comment",
                "/* comment */ {\"series\":[]}",
                "\u0000{\"series\":[]}"
            })
    void illFormedJsonIsRefusedAsAWhole(String text) {
        assertEquals(Kind.MALFORMED, refusal(text).kind(), text);
    }

    @Test
    void brokenUtf8IsRefused() {
        byte[] body = "{\"series\":[{\"cluster_id\":\"?\",\"points\":[]}]}".getBytes(UTF_8);
        body["{\"series\":[{\"cluster_id\":\"".length()] = (byte) 0xff;
        assertEquals(Kind.MALFORMED, refusal(body, "").kind());
    }

    @Test
    void placeOfTheTroubleIsNamed() {
        MalformedBodyException trouble =
                refusal("{\"series\":[{\"points\":[[1760000000000,1],[1760000000001,x]]}]}");
        assertEquals("/series/0/points/1/1", trouble.pointer());
        assertTrue(String.valueOf(trouble.getMessage()).contains("byte 57"), trouble.getMessage());
    }

    @Test
    void deepNestingIsRefusedWhereverItStands() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        assertEquals(Kind.MALFORMED, refusal(deep).kind());
        assertEquals(
                Kind.MALFORMED, refusal("{\"series\":[{\"points\":[[1," + deep + "]]}]}").kind());
        assertEquals(Kind.MALFORMED, refusal("{\"x\":" + deep + ",\"series\":[]}").kind());
    }

    @Test
    void hugeNamesStringsAndNumbersAreRefused() {
        String huge = "9".repeat(100_000);
        assertEquals(
                Kind.MALFORMED, refusal("{\"series\":[{\"points\":[[1," + huge + "]]}]}").kind());
        assertEquals(Kind.MALFORMED, refusal("{\"series\":[{\"unit\":\"" + huge + "\"}]}").kind());
        assertEquals(Kind.MALFORMED, refusal("{\"" + huge + "\":1}").kind());
    }

    @Test
    void bodiesOfNothingButSeriesFieldsOrLabelsAreRefused() {
        String series = "{},".repeat(200_000) + "{}";
        assertEquals(Kind.TOO_LARGE, refusal("{\"series\":[" + series + "]}").kind());
        StringBuilder fields = new StringBuilder("{\"f\":0");
        for (int i = 0; i < 10_000; i++) {
            fields.append(",\"f").append(i).append("\":0");
        }
        String wide = fields.append('}').toString();
        assertEquals(Kind.MALFORMED, refusal(wide).kind());
        assertEquals(Kind.MALFORMED, refusal("{\"series\":[" + wide + "]}").kind());
        assertEquals(Kind.MALFORMED, refusal("{\"series\":[{\"x\":" + wide + "}]}").kind());
        assertEquals(Kind.MALFORMED, refusal("{\"series\":[{\"labels\":" + wide + "}]}").kind());
    }

    @Test
    void tenantsNamedAnywhereAreNoted() throws Exception {
        IncomingBatch batch =
                decode(
                        "{\"tenant_id\":\"a\",\"series\":[{\"tenant_id\":\"b\",\"points\":[]},"
                                + "{\"tenant_id\":\"c\",\"points\":[]}]}");
        assertEquals(Set.of("a", "b"), batch.namedTenants());
    }

    @Test
    void tooManyPointsAreRefused() {
        String points = "[1760000000000,1],".repeat(10_000) + "[1760000000000,1]";
        assertEquals(
                Kind.TOO_LARGE, refusal("{\"series\":[{\"points\":[" + points + "]}]}").kind());
    }

    @Test
    void gzipAndZstdAreRead() throws Exception {
        byte[] plain = ONE.getBytes(UTF_8);
        assertEquals(3, decode(gzip(plain), "gzip").points().size());
        assertEquals(3, decode(Zstd.compress(plain), "ZSTD").points().size());
    }

    @Test
    void brokenCompressionIsRefused() throws Exception {
        byte[] gzip = gzip(ONE.getBytes(UTF_8));
        assertEquals(Kind.MALFORMED, refusal(new byte[0], "gzip").kind());
        assertEquals(Kind.MALFORMED, refusal(ONE.getBytes(UTF_8), "gzip").kind());
        assertEquals(Kind.MALFORMED, refusal(ONE.getBytes(UTF_8), "zstd").kind());
        assertEquals(
                Kind.MALFORMED,
                refusal(java.util.Arrays.copyOf(gzip, gzip.length / 2), "gzip").kind());
        assertEquals(Kind.UNKNOWN_ENCODING, refusal(gzip, "br").kind());
    }

    @Test
    void compressionBombCostsNoMemory() throws Exception {
        byte[] gzip = bomb(1L << 28);
        byte[] zstd = Zstd.compress(" ".repeat(1 << 24).getBytes(UTF_8));
        long before = allocated();
        assertEquals(Kind.TOO_LARGE, refusal(gzip, "gzip").kind());
        assertEquals(Kind.TOO_LARGE, refusal(zstd, "zstd").kind());
        assertTrue(allocated() - before < 2L << 20, "allocates " + (allocated() - before));
    }

    @Test
    void bytesAtRandomNeverCauseMoreThanARefusal() {
        Random random = new Random(11);
        byte[] sound = ONE.getBytes(UTF_8);
        for (int i = 0; i < 20_000; i++) {
            byte[] body = sound.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            try {
                decode(body, "");
            } catch (MalformedBodyException e) {
                assertTrue(String.valueOf(e.getMessage()).length() < 400);
            }
        }
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean)
                        java.lang.management.ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    private static byte[] bomb(long size) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] spaces = " ".repeat(1 << 16).getBytes(UTF_8);
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            for (long written = 0; written < size; written += spaces.length) {
                out.write(spaces);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private static int refused(IncomingBatch batch) {
        return dev.vedette.ingestion.Faults.count(batch.points());
    }

    private static IncomingBatch decode(String text) throws MalformedBodyException {
        return decode(text.getBytes(UTF_8), "");
    }

    private static IncomingBatch decode(byte[] body, String encoding)
            throws MalformedBodyException {
        return new MetricsDecoder(LIMITS).decodeDocument(content(body, encoding), body.length);
    }

    private static InputStream content(byte[] body, String encoding) throws MalformedBodyException {
        return ContentDecoder.decode(body, encoding, LIMITS);
    }

    private static MalformedBodyException refusal(String text) {
        return refusal(text.getBytes(UTF_8), "");
    }

    private static MalformedBodyException refusal(byte[] body, String encoding) {
        return assertThrows(MalformedBodyException.class, () -> decode(body, encoding));
    }
}

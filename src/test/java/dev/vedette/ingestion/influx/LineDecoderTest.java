package dev.vedette.ingestion.influx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vedette.Seeds;
import dev.vedette.ingestion.IntakeResult;
import dev.vedette.ingestion.IntakeWorld;
import dev.vedette.ingestion.LabelDialect;
import dev.vedette.ingestion.RefusalReason;
import dev.vedette.ingestion.SenderMapping;
import dev.vedette.ingestion.SentIdentities;
import dev.vedette.ingestion.body.BodyLimits;
import dev.vedette.ingestion.body.MalformedBodyException;
import dev.vedette.series.Labels;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.TenantId;
import dev.vedette.tenant.TenantLimits;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LineDecoderTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final long T = 1_769_860_800_000L;
    private static final BodyLimits LIMITS = new BodyLimits(4L << 20, 200, 10_000);

    private final IntakeWorld world =
            new IntakeWorld(InstantSource.fixed(Instant.ofEpochMilli(T)), TenantLimits.DEFAULT);
    private final LineDecoder decoder = new LineDecoder(new SentIdentities(64), LIMITS);
    private final SenderMapping mapping = new SenderMapping(ACME, LabelDialect.INFLUX.usual());

    @Test
    void lineOfTelegrafBecomesASeriesPerField() throws Exception {
        IntakeResult result =
                take(
                        "cpu,cluster=eu-1,cpu=cpu0,host=web-17 usage_user=4.5,usage_idle=90i"
                                + " 1769860800000000000\n");
        assertEquals(2, result.accepted());
        assertEquals(
                List.of(
                        key("eu-1", "web-17", "cpu_usage_user", Map.of("cpu", "cpu0")),
                        key("eu-1", "web-17", "cpu_usage_idle", Map.of("cpu", "cpu0"))),
                world.series());
    }

    @Test
    void fieldCalledValueIsTheMeasurement() throws Exception {
        take("temperature value=21");
        assertEquals(List.of(key("default", "all", "temperature", Map.of())), world.series());
    }

    @Test
    void escapesAreUndone() throws Exception {
        take("my\\ disk\\,x,path=/a\\ b\\=c\\,d,host=h used\\ percent=1 " + T + "000000");
        assertEquals(
                List.of(key("default", "h", "my disk,x_used percent", Map.of("path", "/a b=c,d"))),
                world.series());
    }

    @ParameterizedTest
    @CsvSource({
        "1.5, 1.5",
        "-0.25, -0.25",
        "12i, 12",
        "-9223372036854775807i, -9.223372036854775807e18",
        "18u, 18",
        "t, 1",
        "FALSE, 0",
        "1e3, 1000",
        "1., 1",
        ".5, 0.5",
        "+2, 2",
        "0.1234567890123456789, 0.1234567890123456789",
        "123456789012345678, 123456789012345678",
        "1.7976931348623157E+308, 1.7976931348623157e308",
        "4.9e-324, 4.9e-324"
    })
    void valuesAreRead(String text, double value) throws Exception {
        assertEquals(1, take("m,host=h v=" + text + " " + T + "000000").accepted());
        assertArrayEquals(new double[] {value}, world.values());
    }

    @Test
    void decimalsAreTheNearestDoubles() throws Exception {
        long seed = Seeds.explored();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        FieldValue value = new FieldValue();
        for (int i = 0; i < 20_000; i++) {
            String text =
                    java.math.BigDecimal.valueOf(
                                    random.nextLong() >> random.nextInt(63), random.nextInt(16))
                            .toPlainString();
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            assertEquals(bytes.length, value.read(bytes, 0, bytes.length), text);
            assertEquals(Double.parseDouble(text), value.number(), text);
        }
    }

    @ParameterizedTest
    @CsvSource({"'', 1769860800123456789", "us, 1769860800123456", "ms, 1769860800123"})
    void timesAreRoundedDownToMilliseconds(String precision, String time) throws Exception {
        LineBatch batch =
                decoder.decode(
                        mapping,
                        bytes("m v=1 " + time),
                        LinePrecision.of(precision).orElseThrow(),
                        0);
        assertEquals(1, intake(batch).accepted());
        assertEquals(List.of(1_769_860_800_123L), world.times());
    }

    @Test
    void lineWithoutATimeIsOfNow() throws Exception {
        take("m v=1");
        assertEquals(List.of(T), world.times());
    }

    @Test
    void timesBeyondAllMillisecondsAreRefusedNotWrapped() throws Exception {
        LineBatch batch =
                decoder.decode(mapping, bytes("m v=1 9223372036854775807"), LinePrecision.HOURS, 0);
        assertEquals(Map.of(RefusalReason.TIMESTAMP_FUTURE, 1), intake(batch).rejectedByReason());
    }

    @Test
    void textsAreLeftOutAndMayHoldAnything() throws Exception {
        LineBatch batch =
                decode("m,host=h s=\"a, b \\\"c\\\" =1\nx\",v=2,t=\"\" " + T + "000000\nn v=3");
        assertEquals(2, batch.texts());
        assertEquals(2, intake(batch).accepted());
    }

    @Test
    void commentsAndBlankLinesAreNothing() throws Exception {
        IntakeResult result = take("# it's a \"comment\n\n  \r\nm v=1\r\n#end");
        assertEquals(1, result.accepted());
        assertEquals(0, result.rejected());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m",
                "m ",
                "m v",
                "m v=",
                "m v=x",
                "m v=NaN",
                "m v=Infinity",
                "m v=1f",
                "m v=0x1p3",
                "m v=1 later",
                "m v=1 1 1",
                "m =1",
                ",host=a v=1",
                "m v=\"open",
                "m v=1,",
                "m v=1ii",
                "m v=--1",
                "m v=1.5i",
                "m v=99999999999999999999i"
            })
    void lineThatCannotBeReadSpoilsOnlyItself(String line) throws Exception {
        IntakeResult result = take("a v=1\n" + line + "\nb v=2\n");
        assertEquals(2, result.accepted(), result.refusals().toString());
        assertEquals(Map.of(RefusalReason.LINE_MALFORMED, 1), result.rejectedByReason());
        assertEquals("/lines/1", result.refusals().getFirst().pointer());
    }

    @ParameterizedTest
    @ValueSource(strings = {"m,host v=1", "m,=x v=1", "m,host= v=1", "m,a\u00ff=\u00ff v=1"})
    void lineWithABrokenTagSpoilsOnlyItself(String line) throws Exception {
        byte[] text = (line + "\nb v=2\n").getBytes(StandardCharsets.ISO_8859_1);
        IntakeResult result = intake(decoder.decode(mapping, text, LinePrecision.NANOSECONDS, T));
        assertEquals(1, result.accepted());
        assertEquals(Map.of(RefusalReason.LABELS_INVALID, 1), result.rejectedByReason());
    }

    @Test
    void tenThousandTagsSpoilOnlyTheirLine() throws Exception {
        StringBuilder line = new StringBuilder("m");
        for (int i = 0; i < 10_000; i++) {
            line.append(",tag").append(i).append("=x");
        }
        IntakeResult result = take(line + " v=1\nb v=2");
        assertEquals(1, result.accepted());
        assertEquals(Map.of(RefusalReason.LABELS_INVALID, 1), result.rejectedByReason());
    }

    @Test
    void morePointsThanAllowedAreTooLarge() {
        String lines = "m v=1\n".repeat(LIMITS.maxPoints() + 1);
        assertEquals(
                MalformedBodyException.Kind.TOO_LARGE,
                assertThrows(MalformedBodyException.class, () -> decode(lines)).kind());
    }

    private IntakeResult take(String lines) throws MalformedBodyException {
        return intake(decode(lines));
    }

    private LineBatch decode(String lines) throws MalformedBodyException {
        return decoder.decode(mapping, bytes(lines), LinePrecision.NANOSECONDS, T);
    }

    private IntakeResult intake(LineBatch batch) {
        return world.intake.take(ACME, batch.points()).await().indefinitely();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static SeriesKey key(
            String cluster, String node, String metric, Map<String, String> labels) {
        return new SeriesKey(ACME, cluster, node, metric, Labels.of(labels));
    }
}

package dev.vedette.ingestion.remotewrite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.Seeds;
import dev.vedette.ingestion.IntakeResult;
import dev.vedette.ingestion.IntakeWorld;
import dev.vedette.ingestion.LabelDialect;
import dev.vedette.ingestion.RefusalReason;
import dev.vedette.ingestion.SenderMapping;
import dev.vedette.ingestion.SentIdentities;
import dev.vedette.ingestion.body.BodyLimits;
import dev.vedette.ingestion.body.MalformedBodyException;
import dev.vedette.ingestion.body.ProtobufWriter;
import dev.vedette.ingestion.body.SnappyBlock;
import dev.vedette.ingestion.remotewrite.WriteRequests.Sample;
import dev.vedette.ingestion.remotewrite.WriteRequests.Sent;
import dev.vedette.series.Labels;
import dev.vedette.series.SeriesEnd;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.TenantId;
import dev.vedette.tenant.TenantLimits;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both versions, through the whole way in. */
final class WriteRequestTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final long T = 1_769_860_800_000L;
    private static final BodyLimits LIMITS = new BodyLimits(4L << 20, 200, 10_000);

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean)
                    java.lang.management.ManagementFactory.getThreadMXBean();

    private final IntakeWorld world =
            new IntakeWorld(InstantSource.fixed(Instant.ofEpochMilli(T)), TenantLimits.DEFAULT);
    private final SentIdentities identities = new SentIdentities(64);
    private final SenderMapping mapping = new SenderMapping(ACME, LabelDialect.PROMETHEUS.usual());

    enum Version {
        V1,
        V2
    }

    @ParameterizedTest
    @EnumSource
    void labelsBecomeClusterNodeMetricAndTheRest(Version version) throws Exception {
        IntakeResult result = take(version, List.of(cpu("10.0.0.7:9100", point(T, 1.5))));
        assertEquals(1, result.accepted());
        assertEquals(
                List.of(
                        new SeriesKey(
                                ACME,
                                "eu-1",
                                "10.0.0.7",
                                "cpu",
                                Labels.of(Map.of("instance", "10.0.0.7:9100", "mode", "idle")))),
                world.series());
    }

    @ParameterizedTest
    @EnumSource
    void seriesSentAgainInAnotherOrderAreTheSame(Version version) throws Exception {
        List<Sent> sent = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            sent.add(cpu("n" + i, point(T, i)));
        }
        long seed = Seeds.explored();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 10; round++) {
            assertEquals(sent.size(), take(version, sent).accepted());
            java.util.Collections.shuffle(sent, random);
        }
        assertEquals(40, world.series().size());
        assertEquals(400, world.durablePoints());
    }

    // more series than places: what is forgotten in between must still be the same series
    @ParameterizedTest
    @EnumSource
    void moreSeriesThanAreRememberedStayTheSame(Version version) throws Exception {
        List<Sent> sent = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            sent.add(cpu("n" + i, point(T, i)));
        }
        for (int round = 0; round < 3; round++) {
            assertEquals(500, take(version, sent).accepted());
        }
        assertEquals(500, world.series().size());
    }

    @Test
    void sameBytesOfTwoTenantsAreTwoSeries() throws Exception {
        byte[] message = WriteRequests.version1(List.of(cpu("a", point(T, 1))));
        WriteRequestV1 decoder = new WriteRequestV1(identities, LIMITS);
        TenantId other = new TenantId("beta");
        for (TenantId tenant : List.of(ACME, other, ACME, other)) {
            SenderMapping own =
                    tenant.equals(ACME) ? mapping : new SenderMapping(other, mapping.mapping());
            world.intake.take(tenant, decoder.decode(own, message).points()).await().indefinitely();
        }
        assertEquals(List.of(ACME, other), world.series().stream().map(SeriesKey::tenant).toList());
    }

    @ParameterizedTest
    @EnumSource
    void staleMarkerIsTheEndOfTheSeries(Version version) throws Exception {
        RemoteWriteBatch batch =
                decode(version, List.of(cpu("a", point(T, 1), point(T + 1, SeriesEnd.VALUE))));
        assertEquals(2, batch.samples());
        IntakeResult result = world.intake.take(ACME, batch.points()).await().indefinitely();
        assertEquals(2, result.accepted());
        assertEquals(0, result.rejected());
        double[] stored = world.values();
        assertEquals(1, stored[0]);
        assertTrue(SeriesEnd.is(stored[1]));
    }

    @ParameterizedTest
    @EnumSource
    void ordinaryNanIsAGapAndInfinityIsRefused(Version version) throws Exception {
        IntakeResult result =
                take(
                        version,
                        List.of(
                                cpu(
                                        "a",
                                        point(T, Double.NaN),
                                        point(T + 1, Double.POSITIVE_INFINITY))));
        assertEquals(1, result.accepted());
        assertEquals(Map.of(RefusalReason.VALUE_NOT_FINITE, 1), result.rejectedByReason());
        double[] stored = world.values();
        assertTrue(Double.isNaN(stored[0]) && !SeriesEnd.is(stored[0]));
    }

    @Test
    void unitOfVersion2IsTaken() throws Exception {
        byte[] message = WriteRequests.version2(List.of(cpu("a", point(T, 150))), "percent");
        IntakeResult result =
                world.intake
                        .take(
                                ACME,
                                new WriteRequestV2(identities, LIMITS)
                                        .decode(mapping, message)
                                        .points())
                        .await()
                        .indefinitely();
        assertEquals(Map.of(RefusalReason.VALUE_OUT_OF_BOUNDS, 1), result.rejectedByReason());
    }

    @Test
    void nativeHistogramsAreCountedAndTheSamplesBesideThemStored() throws Exception {
        ProtobufWriter series =
                new ProtobufWriter()
                        .message(1, new ProtobufWriter().text(1, "__name__").text(2, "latency"))
                        .message(2, new ProtobufWriter().float64(1, 3).number(2, T))
                        .message(4, new ProtobufWriter().number(1, 7))
                        .message(3, new ProtobufWriter().float64(2, 7));
        byte[] message =
                new ProtobufWriter()
                        .message(1, series)
                        .message(3, new ProtobufWriter().text(2, "latency"))
                        .toBytes();
        RemoteWriteBatch batch = new WriteRequestV1(identities, LIMITS).decode(mapping, message);
        assertEquals(1, batch.samples());
        assertEquals(1, batch.histograms());
        assertEquals(1, batch.exemplars());
        IntakeResult result = world.intake.take(ACME, batch.points()).await().indefinitely();
        assertEquals(1, result.accepted());
        assertEquals(Map.of(RefusalReason.NATIVE_HISTOGRAM, 1), result.rejectedByReason());
    }

    @ParameterizedTest
    @EnumSource
    void badSeriesSpoilsOnlyItself(Version version) throws Exception {
        Map<String, String> many = new LinkedHashMap<>(Map.of("__name__", "cpu"));
        for (int i = 0; i < 10_000; i++) {
            many.put("label_" + i, "x");
        }
        IntakeResult result =
                take(
                        version,
                        List.of(
                                new Sent(many, List.of(point(T, 1))),
                                new Sent(Map.of("job", "nameless"), List.of(point(T, 1))),
                                new Sent(
                                        Map.of("__name__", "x", "l", "y".repeat(1000)),
                                        List.of(point(T, 1))),
                                cpu("a", point(T, 2))));
        assertEquals(1, result.accepted());
        assertEquals(Map.of(RefusalReason.LABELS_INVALID, 3), result.rejectedByReason());
        assertEquals("/timeseries/1", result.refusals().get(1).pointer());
    }

    @Test
    void labelsThatAreNotUtf8SpoilOnlyTheirSeries() throws Exception {
        byte[] message =
                WriteRequests.version1(
                        List.of(cpu("abcdefgh", point(T, 1)), cpu("b", point(T, 2))));
        int at = new String(message, StandardCharsets.ISO_8859_1).indexOf("abcdefgh");
        message[at] = (byte) 0xff;
        IntakeResult result =
                world.intake
                        .take(
                                ACME,
                                new WriteRequestV1(identities, LIMITS)
                                        .decode(mapping, message)
                                        .points())
                        .await()
                        .indefinitely();
        assertEquals(1, result.accepted());
        assertEquals(Map.of(RefusalReason.LABELS_INVALID, 1), result.rejectedByReason());
    }

    @Test
    void labelsScatteredAmongTheSamplesAreStillTheLabels() throws Exception {
        ProtobufWriter series =
                new ProtobufWriter()
                        .message(1, new ProtobufWriter().text(1, "__name__").text(2, "cpu"))
                        .message(2, new ProtobufWriter().float64(1, 3).number(2, T))
                        .message(1, new ProtobufWriter().text(2, "eu").text(1, "cluster"));
        byte[] message = new ProtobufWriter().message(1, series).toBytes();
        world.intake
                .take(
                        ACME,
                        new WriteRequestV1(identities, LIMITS).decode(mapping, message).points())
                .await()
                .indefinitely();
        assertEquals(List.of(new SeriesKey(ACME, "eu", "all", "cpu", Labels.NONE)), world.series());
    }

    @ParameterizedTest
    @EnumSource
    void cutOffAtAnyByteIsAnswered(Version version) {
        byte[] whole = message(version, List.of(cpu("a", point(T, 1), point(T + 1, 2))));
        int unreadable = 0;
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            try {
                decode(version, cut);
            } catch (MalformedBodyException e) {
                unreadable++;
            }
        }
        assertTrue(unreadable > whole.length / 2, "only " + unreadable + " were refused");
    }

    @Test
    void moreSamplesThanAllowedAreTooLarge() {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i <= LIMITS.maxPoints(); i++) {
            samples.add(point(T + i, 1));
        }
        byte[] message =
                WriteRequests.version1(List.of(new Sent(Map.of("__name__", "m"), samples)));
        assertEquals(
                MalformedBodyException.Kind.TOO_LARGE,
                assertThrows(
                                MalformedBodyException.class,
                                () ->
                                        new WriteRequestV1(identities, LIMITS)
                                                .decode(mapping, message))
                        .kind());
    }

    @Test
    void snappyComesBackWhole() throws Exception {
        byte[] content = "a".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        assertArrayEquals(content, SnappyBlock.decode(WriteRequests.body(content), LIMITS));
    }

    // two gigabytes declared, none sent
    @ParameterizedTest
    @ValueSource(strings = {"ffffffff07", "ffffffff0f", "ffffffffff", "8080808008", ""})
    void snappyThatDeclaresTooMuchIsRefusedUnread(String hex) {
        byte[] body = java.util.HexFormat.of().parseHex(hex);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        assertThrows(MalformedBodyException.class, () -> SnappyBlock.decode(body, LIMITS));
        long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertTrue(taken < 1 << 20, taken + " bytes were taken");
    }

    @Test
    void snappyThatDeclaresMoreThanItCanHoldIsRefusedUnread() {
        byte[] body = {(byte) 0x80, (byte) 0x80, (byte) 0x80, 1, 0};
        assertTrue(
                String.valueOf(
                                assertThrows(
                                                MalformedBodyException.class,
                                                () -> SnappyBlock.decode(body, LIMITS))
                                        .getMessage())
                        .contains("cannot hold"));
    }

    private IntakeResult take(Version version, List<Sent> series) throws MalformedBodyException {
        return world.intake.take(ACME, decode(version, series).points()).await().indefinitely();
    }

    private RemoteWriteBatch decode(Version version, List<Sent> series)
            throws MalformedBodyException {
        return decode(version, message(version, series));
    }

    private RemoteWriteBatch decode(Version version, byte[] message) throws MalformedBodyException {
        return switch (version) {
            case V1 -> new WriteRequestV1(identities, LIMITS).decode(mapping, message);
            case V2 -> new WriteRequestV2(identities, LIMITS).decode(mapping, message);
        };
    }

    private static byte[] message(Version version, List<Sent> series) {
        return switch (version) {
            case V1 -> WriteRequests.version1(series);
            case V2 -> WriteRequests.version2(series, "");
        };
    }

    private static Sent cpu(String instance, Sample... samples) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("__name__", "cpu");
        labels.put("cluster", "eu-1");
        labels.put("instance", instance);
        labels.put("mode", "idle");
        return new Sent(labels, List.of(samples));
    }

    private static Sample point(long epochMillis, double value) {
        return new Sample(epochMillis, value);
    }
}

package dev.vedette.ingestion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.vedette.ingestion.body.BodyLimits;
import dev.vedette.ingestion.body.MalformedBodyException;
import dev.vedette.ingestion.body.SnappyBlock;
import dev.vedette.ingestion.influx.LineDecoder;
import dev.vedette.ingestion.influx.LinePrecision;
import dev.vedette.ingestion.otlp.DeltaTotals;
import dev.vedette.ingestion.otlp.OtlpDecoder;
import dev.vedette.ingestion.otlp.OtlpJson;
import dev.vedette.ingestion.remotewrite.WriteRequestV1;
import dev.vedette.ingestion.remotewrite.WriteRequestV2;
import dev.vedette.tenant.TenantId;
import dev.vedette.tenant.TenantLimits;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Whatever bytes come, a decoder either says that it cannot read them or gives points that the rest
 * of the way in takes or refuses, each of them. As a plain test it tries the kept inputs below
 * {@code src/test/resources}; {@code JAZZER_FUZZ=1 mvn test -Djazzer.hooks=true
 * -Dtest=DecoderFuzzTest#otlp} looks for new ones.
 */
final class DecoderFuzzTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final Instant NOW = Instant.ofEpochMilli(1_769_860_800_000L);
    private static final BodyLimits LIMITS = new BodyLimits(1 << 20, 200, 1_000);

    private final SentIdentities identities = new SentIdentities(16);

    @FuzzTest
    void remoteWrite1(byte[] data) throws MalformedBodyException {
        answered(
                LabelDialect.PROMETHEUS,
                mapping -> new WriteRequestV1(identities, LIMITS).decode(mapping, data).points());
    }

    @FuzzTest
    void remoteWrite2(byte[] data) throws MalformedBodyException {
        answered(
                LabelDialect.PROMETHEUS,
                mapping -> new WriteRequestV2(identities, LIMITS).decode(mapping, data).points());
    }

    @FuzzTest
    void snappy(byte[] data) {
        try {
            SnappyBlock.decode(data, LIMITS);
        } catch (MalformedBodyException e) {
            // an answer
        }
    }

    @FuzzTest
    void otlp(byte[] data) throws MalformedBodyException {
        answered(
                LabelDialect.OPENTELEMETRY,
                mapping -> otlpDecoder().decode(mapping, data).points());
    }

    @FuzzTest
    void otlpJson(byte[] data) throws MalformedBodyException {
        answered(
                LabelDialect.OPENTELEMETRY,
                mapping -> otlpDecoder().decode(mapping, OtlpJson.toProtobuf(data)).points());
    }

    @FuzzTest
    void lineProtocol(byte[] data) throws MalformedBodyException {
        answered(
                LabelDialect.INFLUX,
                mapping ->
                        new LineDecoder(identities, LIMITS)
                                .decode(mapping, data, LinePrecision.SECONDS, NOW.toEpochMilli())
                                .points());
    }

    private OtlpDecoder otlpDecoder() {
        return new OtlpDecoder(identities, new DeltaTotals(16), LIMITS);
    }

    private interface Decoding {
        IncomingBatch decode(SenderMapping mapping) throws MalformedBodyException;
    }

    private static void answered(LabelDialect dialect, Decoding decoding) {
        IncomingBatch batch;
        try {
            batch = decoding.decode(new SenderMapping(ACME, dialect.usual()));
        } catch (MalformedBodyException e) {
            return;
        }
        int sent =
                batch.series().stream()
                        .mapToInt(series ->
                                series.fault().isPresent()
                                        ? Math.max(1, series.size())
                                        : series.size())
                        .sum();
        IntakeResult result =
                new IntakeWorld(InstantSource.fixed(NOW), TenantLimits.DEFAULT)
                        .intake
                        .take(ACME, batch)
                        .await()
                        .indefinitely();
        assertEquals(sent, result.accepted() + result.rejected());
    }
}

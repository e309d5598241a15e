package dev.vedette.ingestion.kafka;

import dev.vedette.ingestion.IncomingBatch;
import dev.vedette.ingestion.body.BodyLimits;
import dev.vedette.ingestion.body.MalformedBodyException;
import dev.vedette.ingestion.rest.MetricsDecoder;
import dev.vedette.tenant.TenantId;
import java.io.ByteArrayInputStream;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** Reads a record's value: a document as {@code POST /api/v1/metrics} takes it. Thread-safe. */
final class RecordDecoder {
    private static final Logger LOG = Logger.getLogger(RecordDecoder.class);

    private final MetricsDecoder decoder;
    private final BodyLimits limits;

    RecordDecoder(BodyLimits limits) {
        this.decoder = new MetricsDecoder(limits);
        this.limits = limits;
    }

    /** What a record turned out to be. */
    sealed interface Decoded {
        /** A request. */
        record Request(ConsumerRecord<byte[], byte[]> record, IncomingBatch batch)
                implements Decoded {}

        /** Nothing that can be taken in. */
        record Unreadable(DeadLetter letter) implements Decoded {}
    }

    /** Reads one record, which has a value, of that tenant's topic. */
    Decoded decode(TenantId tenant, ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        if (value.length > limits.maxBytes()) {
            return unreadable(
                    record,
                    "payload_too_large",
                    "the value has " + value.length + " bytes, at most " + limits.maxBytes());
        }
        try {
            IncomingBatch batch =
                    decoder.decodeDocument(new ByteArrayInputStream(value), value.length);
            Optional<String> stranger =
                    batch.namedTenants().stream()
                            .filter(named -> !named.equals(tenant.value()))
                            .findFirst();
            return stranger.isPresent()
                    ? unreadable(
                            record,
                            "tenant_mismatch",
                            "the topic is of tenant '" + tenant + "', not of the one named")
                    : new Decoded.Request(record, batch);
        } catch (MalformedBodyException e) {
            return unreadable(
                    record, "body_malformed", e.pointer() + " " + String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // One record must not hold up its partition for ever.
            LOG.errorf(
                    e,
                    "record could not be decoded topic=%s partition=%d offset=%d",
                    record.topic(),
                    record.partition(),
                    record.offset());
            return unreadable(record, "internal_error", e.getClass().getName());
        }
    }

    private static Decoded unreadable(
            ConsumerRecord<byte[], byte[]> record, String reason, String detail) {
        return new Decoded.Unreadable(new DeadLetter(record, reason, detail));
    }
}

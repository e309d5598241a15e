package dev.vedette.ingestion.kafka;

import dev.vedette.tracing.Traceparent;
import dev.vedette.tracing.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * The spans of records that are taken in together, of those that are recorded: each goes on with
 * its sender's trace, which the record's header {@value Traceparent#HEADER} names, or begins one.
 * Belongs to one consumer's thread.
 */
public final class RecordTraces {
    private static final String SOURCE = "kafka";

    private final IdentityHashMap<ConsumerRecord<byte[], byte[]>, Span> spans =
            new IdentityHashMap<>();

    private RecordTraces() {}

    /** Begins them; to be ended. */
    static RecordTraces begin(
            Tracing tracing,
            TenantTopic topic,
            Collection<ConsumerRecord<byte[], byte[]>> records) {
        RecordTraces traces = new RecordTraces();
        if (tracing.isOn()) {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                Span span = tracing.message(SOURCE, topic.name(), sender(record));
                if (span.isRecording()) {
                    span.setAttribute("vedette.tenant", topic.tenant().value());
                    span.setAttribute("messaging.kafka.partition", record.partition());
                    span.setAttribute("messaging.kafka.offset", record.offset());
                    traces.spans.put(record, span);
                }
            }
        }
        return traces;
    }

    private static Optional<SpanContext> sender(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(Traceparent.HEADER);
        return header == null || header.value() == null
                ? Optional.empty()
                : Traceparent.read(new String(header.value(), StandardCharsets.US_ASCII));
    }

    /** The place under which what a record holds goes on; empty when it is not recorded. */
    public Optional<SpanContext> of(ConsumerRecord<byte[], byte[]> record) {
        return Optional.ofNullable(spans.get(record)).map(Span::getSpanContext);
    }

    /** Notes which of them were put aside, and why. */
    void putAside(Collection<DeadLetter> letters) {
        for (DeadLetter letter : letters) {
            Span span = spans.get(letter.record());
            if (span != null) {
                span.setAttribute("vedette.refused", letter.reason());
            }
        }
    }

    /** Notes that none of them was taken in; they come again. */
    void failed(Throwable why) {
        spans.values().forEach(span -> Tracing.failed(span, why));
    }

    /** They are done with. */
    void end() {
        spans.values().forEach(Span::end);
    }
}

package dev.vedette.transaction.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vedette.ingestion.BrokerLog;
import dev.vedette.ingestion.body.MalformedBodyException;
import dev.vedette.ingestion.kafka.DeadLetter;
import dev.vedette.ingestion.kafka.KafkaConfig;
import dev.vedette.ingestion.kafka.RecordIntake;
import dev.vedette.ingestion.kafka.RecordTraces;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.intake.Refused;
import dev.vedette.transaction.intake.TransactionDocument;
import dev.vedette.transaction.intake.TransactionIntake;
import io.opentelemetry.api.trace.SpanContext;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's records of transactions: each value is a document as {@code POST /api/v1/transactions}
 * takes it. Thread-safe.
 */
@ApplicationScoped
public class TransactionRecords implements RecordIntake {
    private static final String SOURCE = "kafka";

    private final TransactionIntake intake;

    TransactionRecords(TransactionIntake intake) {
        this.intake = intake;
    }

    /** Where a record's items lie among those of all. */
    private record Span(ConsumerRecord<byte[], byte[]> record, int from, int to) {}

    @Override
    public KafkaConfig.Content content() {
        return KafkaConfig.Content.TRANSACTIONS;
    }

    @Override
    public Uni<Checked> check(
            TenantId tenant, List<ConsumerRecord<byte[], byte[]>> records, RecordTraces traces) {
        List<JsonNode> items = new ArrayList<>();
        List<Optional<SpanContext>> places = new ArrayList<>();
        List<Span> spans = new ArrayList<>();
        List<DeadLetter> letters = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            int from = items.size();
            DeadLetter unreadable = read(tenant, record, items);
            if (unreadable == null) {
                spans.add(new Span(record, from, items.size()));
                places.addAll(Collections.nCopies(items.size() - from, traces.of(record)));
            } else {
                letters.add(unreadable);
            }
        }
        return intake.check(tenant, items, SOURCE, places::get)
                .map(checked -> {
                    TreeMap<Integer, Refused> refused = new TreeMap<>(checked.refused());
                    for (Span span : spans) {
                        Collection<Refused> its = refused.subMap(span.from(), span.to()).values();
                        if (!its.isEmpty()) {
                            letters.add(letter(span, its));
                        }
                    }
                    return new CheckedRecords(checked, letters);
                });
    }

    private final class CheckedRecords implements Checked {
        private final dev.vedette.transaction.intake.Checked checked;
        private final List<DeadLetter> letters;

        CheckedRecords(dev.vedette.transaction.intake.Checked checked, List<DeadLetter> letters) {
            this.checked = checked;
            this.letters = List.copyOf(letters);
        }

        @Override
        public List<DeadLetter> letters() {
            return letters;
        }

        @Override
        public Uni<Void> store(String group, List<BrokerLog.Move> moves) {
            return intake.deliver(checked, group, moves);
        }
    }

    // Adds the record's items; or says why it has none, and adds nothing.
    private static @Nullable DeadLetter read(
            TenantId tenant, ConsumerRecord<byte[], byte[]> record, List<JsonNode> items) {
        try {
            TransactionDocument.Items read = TransactionDocument.read(record.value(), "");
            if (read.tenant().isPresent() && !read.tenant().get().equals(tenant.value())) {
                return new DeadLetter(
                        record,
                        "tenant_mismatch",
                        "the topic is of tenant '" + tenant + "', not of the one named");
            }
            items.addAll(read.items());
            return null;
        } catch (MalformedBodyException e) {
            String code =
                    e.kind() == MalformedBodyException.Kind.TOO_LARGE
                            ? "payload_too_large"
                            : "body_malformed";
            return new DeadLetter(record, code, (e.pointer() + " " + e.getMessage()).strip());
        }
    }

    // Its sound ones are taken in all the same: sending them again with the others is harmless.
    private static DeadLetter letter(Span span, Collection<Refused> refused) {
        String reasons =
                refused.stream()
                        .collect(Collectors.groupingBy(Refused::code, Collectors.counting()))
                        .entrySet()
                        .stream()
                        .map(one -> one.getKey() + " " + one.getValue())
                        .sorted()
                        .collect(Collectors.joining(", "));
        int all = span.to() - span.from();
        return new DeadLetter(
                span.record(),
                "transactions_refused",
                "%d transactions taken, %d refused: %s"
                        .formatted(all - refused.size(), refused.size(), reasons));
    }
}

package dev.vedette.ingestion.kafka;

import dev.vedette.ingestion.BrokerIntake;
import dev.vedette.ingestion.BrokerLog;
import dev.vedette.ingestion.IntakeResult;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records that hold points. Belongs to one consumer. */
final class PointRecords implements RecordIntake {
    private final BrokerIntake intake;
    private final RecordDecoder decoder;

    PointRecords(BrokerIntake intake, RecordDecoder decoder) {
        this.intake = intake;
        this.decoder = decoder;
    }

    @Override
    public KafkaConfig.Content content() {
        return KafkaConfig.Content.POINTS;
    }

    @Override
    public Uni<Checked> check(
            TenantId tenant, List<ConsumerRecord<byte[], byte[]>> records, RecordTraces traces) {
        List<RecordDecoder.Decoded.Request> requests = new ArrayList<>(records.size());
        List<DeadLetter> letters = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            switch (decoder.decode(tenant, record)) {
                case RecordDecoder.Decoded.Request request -> requests.add(request);
                case RecordDecoder.Decoded.Unreadable(DeadLetter letter) -> letters.add(letter);
            }
        }
        List<BrokerIntake.Sent> batches =
                requests.stream()
                        .map(one -> new BrokerIntake.Sent(one.batch(), traces.of(one.record())))
                        .toList();
        return intake.prepare(tenant, batches)
                .map(prepared -> {
                    for (int i = 0; i < requests.size(); i++) {
                        addIfRefused(letters, requests.get(i).record(), prepared.results().get(i));
                    }
                    return new CheckedPoints(prepared, letters);
                });
    }

    private final class CheckedPoints implements Checked {
        private final BrokerIntake.Prepared prepared;
        private final List<DeadLetter> letters;

        CheckedPoints(BrokerIntake.Prepared prepared, List<DeadLetter> letters) {
            this.prepared = prepared;
            this.letters = List.copyOf(letters);
        }

        @Override
        public List<DeadLetter> letters() {
            return letters;
        }

        @Override
        public Uni<Void> store(String group, List<BrokerLog.Move> moves) {
            return intake.store(prepared, group, moves);
        }
    }

    // Its sound points are stored all the same: repeating them with the others is harmless.
    private static void addIfRefused(
            List<DeadLetter> letters, ConsumerRecord<byte[], byte[]> record, IntakeResult result) {
        if (result.rejected() > 0) {
            String reasons =
                    result.rejectedByReason().entrySet().stream()
                            .map(one -> one.getKey().code() + " " + one.getValue())
                            .sorted()
                            .collect(Collectors.joining(", "));
            letters.add(
                    new DeadLetter(
                            record,
                            "points_refused",
                            "%d points stored, %d refused: %s"
                                    .formatted(result.accepted(), result.rejected(), reasons)));
        }
    }
}

package dev.vedette.ingestion.kafka;

import dev.vedette.ingestion.BrokerIntake;
import dev.vedette.ingestion.BrokerLog;
import dev.vedette.ingestion.IncomingBatch;
import dev.vedette.ingestion.IntakeResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Takes in the records of one topic that were polled together: decode, admit, put aside what was
 * refused, and then, in one transaction, store the points and move the partitions. Blocking.
 */
final class TopicIntake {
    /** Longer than the database's own patience, so that its answer comes first. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String group;
    private final BrokerIntake intake;
    private final RecordDecoder decoder;
    private final DeadLetters deadLetters;
    private final KafkaMetrics metrics;

    TopicIntake(
            String group,
            BrokerIntake intake,
            RecordDecoder decoder,
            DeadLetters deadLetters,
            KafkaMetrics metrics) {
        this.group = group;
        this.intake = intake;
        this.decoder = decoder;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
    }

    /**
     * Takes them in, all or none.
     *
     * @param moves of their partitions, from before the first to after the last of them
     * @throws dev.vedette.ingestion.TooManyPointsException when the tenant has to wait
     * @throws dev.vedette.ingestion.PositionLostException when another consumer has read on
     * @throws dev.vedette.ingestion.StorageUnavailableException when the outcome is unknown
     * @throws org.apache.kafka.common.KafkaException when dead letters could not be stored
     */
    void take(
            TenantTopic topic,
            List<ConsumerRecord<byte[], byte[]>> records,
            List<BrokerLog.Move> moves) {
        List<RecordDecoder.Decoded.Request> requests = new ArrayList<>(records.size());
        List<DeadLetter> letters = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            switch (decoder.decode(topic, record)) {
                case RecordDecoder.Decoded.Request request -> requests.add(request);
                case RecordDecoder.Decoded.Unreadable(DeadLetter letter) -> letters.add(letter);
            }
        }
        List<IncomingBatch> batches =
                requests.stream().map(RecordDecoder.Decoded.Request::batch).toList();
        BrokerIntake.Prepared prepared =
                intake.prepare(topic.tenant(), batches).await().atMost(PATIENCE);
        for (int i = 0; i < requests.size(); i++) {
            addIfRefused(letters, requests.get(i).record(), prepared.results().get(i));
        }
        deadLetters.send(topic.deadLetters(), letters);
        intake.store(prepared, group, moves).await().atMost(PATIENCE);
        metrics.taken(topic, records.size(), letters);
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

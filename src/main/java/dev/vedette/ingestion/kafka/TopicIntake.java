package dev.vedette.ingestion.kafka;

import dev.vedette.ingestion.BrokerLog;
import dev.vedette.tracing.Tracing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Takes in the records of one topic that were polled together: check, put aside what was refused,
 * and then, in one transaction, store the rest and move the partitions. Blocking.
 */
final class TopicIntake {
    /** Longer than the database's own patience, so that its answer comes first. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String group;
    private final Map<KafkaConfig.Content, RecordIntake> intakes;
    private final DeadLetters deadLetters;
    private final KafkaMetrics metrics;
    private final Tracing tracing;

    /** With an intake for each kind of content that the topics hold. */
    TopicIntake(
            String group,
            Collection<RecordIntake> intakes,
            DeadLetters deadLetters,
            KafkaMetrics metrics,
            Tracing tracing) {
        this.group = group;
        this.intakes =
                intakes.stream()
                        .collect(Collectors.toMap(RecordIntake::content, Function.identity()));
        this.deadLetters = deadLetters;
        this.metrics = metrics;
        this.tracing = tracing;
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
        RecordTraces traces = RecordTraces.begin(tracing, topic, records);
        try {
            List<DeadLetter> letters = take(topic, records, moves, traces);
            traces.putAside(letters);
            metrics.taken(topic, records.size(), letters);
        } catch (RuntimeException e) {
            traces.failed(e);
            throw e;
        } finally {
            traces.end();
        }
    }

    private List<DeadLetter> take(
            TenantTopic topic,
            List<ConsumerRecord<byte[], byte[]>> records,
            List<BrokerLog.Move> moves,
            RecordTraces traces) {
        List<ConsumerRecord<byte[], byte[]>> filled = new ArrayList<>(records.size());
        List<DeadLetter> letters = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.value() == null || record.value().length == 0) {
                letters.add(new DeadLetter(record, "value_missing", "the record has no value"));
            } else {
                filled.add(record);
            }
        }
        RecordIntake.Checked checked =
                Optional.ofNullable(intakes.get(topic.content()))
                        .orElseThrow()
                        .check(topic.tenant(), filled, traces)
                        .await()
                        .atMost(PATIENCE);
        letters.addAll(checked.letters());
        deadLetters.send(topic.deadLetters(), letters);
        checked.store(group, moves).await().atMost(PATIENCE);
        return letters;
    }
}

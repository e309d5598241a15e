package dev.vedette.ingestion.kafka;

import dev.vedette.ingestion.BrokerLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The partitions of one consumer: where each stands in the database as last known, and which are
 * paused until when. Belongs to the consumer's thread.
 */
final class Partitions {
    private final Consumer<byte[], byte[]> consumer;
    private final InstantSource clock;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final Map<TopicPartition, Instant> pausedUntil = new HashMap<>();
    private final Set<TopicPartition> unclaimed = new HashSet<>();
    private final Map<TopicPartition, OffsetAndMetadata> moved = new HashMap<>();

    Partitions(Consumer<byte[], byte[]> consumer, InstantSource clock) {
        this.consumer = consumer;
        this.clock = clock;
    }

    static BrokerLog.Partition name(TopicPartition partition) {
        return new BrokerLog.Partition(partition.topic(), partition.partition());
    }

    static TopicPartition of(BrokerLog.Partition partition) {
        return new TopicPartition(partition.topic(), partition.number());
    }

    /** They are this consumer's now, and wait to be claimed. */
    void assigned(Collection<TopicPartition> partitions) {
        partitions.forEach(one -> next.put(one, 0L));
        claimAgain(partitions, Duration.ZERO);
    }

    /** They are another's now. */
    void revoked(Collection<TopicPartition> partitions) {
        next.keySet().removeAll(partitions);
        unclaimed.removeAll(partitions);
        moved.keySet().removeAll(partitions);
        pausedUntil.keySet().removeAll(partitions);
    }

    /** Where they stand is not known: nothing is read of them until they were claimed. */
    void claimAgain(Collection<TopicPartition> partitions, Duration wait) {
        unclaimed.addAll(partitions);
        pause(partitions, wait);
    }

    /** Those to be claimed now. */
    Set<TopicPartition> unclaimedDue() {
        return unclaimed.stream().filter(this::isDue).collect(Collectors.toSet());
    }

    /** The partition goes on there. */
    void claimed(TopicPartition partition, long position) {
        if (unclaimed.remove(partition)) {
            next.put(partition, position);
            consumer.seek(partition, position);
        }
    }

    /** Nothing is read of them for that long; what was polled comes again. */
    void pause(Collection<TopicPartition> partitions, Duration wait) {
        Instant until = clock.instant().plus(wait);
        consumer.pause(partitions);
        for (TopicPartition one : partitions) {
            pausedUntil.put(one, until);
            consumer.seek(one, next.getOrDefault(one, 0L));
        }
    }

    /** Has those read again that were paused long enough and are claimed. */
    void resumeDue() {
        List<TopicPartition> due =
                pausedUntil.keySet().stream()
                        .filter(one -> isDue(one) && !unclaimed.contains(one))
                        .toList();
        pausedUntil.keySet().removeAll(due);
        consumer.resume(due);
    }

    private boolean isDue(TopicPartition partition) {
        Instant until = pausedUntil.get(partition);
        return until == null || !clock.instant().isBefore(until);
    }

    /** The step from where the partition stands. */
    BrokerLog.Move move(TopicPartition partition, long to) {
        return new BrokerLog.Move(name(partition), next.getOrDefault(partition, 0L), to);
    }

    /** The step was made. */
    void moved(BrokerLog.Move move) {
        next.put(of(move.partition()), move.to());
        moved.put(of(move.partition()), new OffsetAndMetadata(move.to()));
    }

    /** The steps made since the last call. */
    Map<TopicPartition, OffsetAndMetadata> takeMoved() {
        Map<TopicPartition, OffsetAndMetadata> steps = Map.copyOf(moved);
        moved.clear();
        return steps;
    }

    /** Records of the topic's partitions not yet read, as far as Kafka has said. */
    long lag(String topic) {
        return next.keySet().stream()
                .filter(one -> one.topic().equals(topic))
                .mapToLong(one -> consumer.currentLag(one).orElse(0))
                .sum();
    }

    /** How many of the topic's partitions are not being read. */
    int paused(String topic) {
        return (int) pausedUntil.keySet().stream().filter(one -> one.topic().equals(topic)).count();
    }
}

package dev.vedette.ingestion.kafka;

import dev.vedette.ingestion.BrokerIntake;
import dev.vedette.ingestion.BrokerLog;
import dev.vedette.ingestion.PositionLostException;
import dev.vedette.ingestion.TooManyPointsException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Polls, and has {@link TopicIntake} take in what came, topic by topic. Where a partition stands is
 * the database's to say: Kafka's own committed offsets are only told, for its tools. A partition
 * that was assigned is paused until its position was claimed from the database.
 *
 * <p>A failure never loses a record: its partitions are paused for a while, and go on from the
 * database's position. Polling goes on meanwhile, so that the group does not throw this consumer
 * out.
 *
 * <p>Not thread-safe: one thread calls it, {@link #wakeup} excepted.
 */
final class TopicConsumer implements ConsumerRebalanceListener, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TopicConsumer.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final KafkaConfig config;
    private final Consumer<byte[], byte[]> consumer;
    private final Map<String, TenantTopic> topics;
    private final BrokerIntake intake;
    private final TopicIntake topicIntake;
    private final KafkaMetrics metrics;
    private final Partitions partitions;

    TopicConsumer(
            KafkaConfig config,
            Consumer<byte[], byte[]> consumer,
            Collection<TenantTopic> topics,
            BrokerIntake intake,
            TopicIntake topicIntake,
            KafkaMetrics metrics,
            InstantSource clock) {
        this.config = config;
        this.consumer = consumer;
        this.topics = topics.stream().collect(Collectors.toMap(TenantTopic::name, one -> one));
        this.intake = intake;
        this.topicIntake = topicIntake;
        this.metrics = metrics;
        this.partitions = new Partitions(consumer, clock);
        consumer.subscribe(this.topics.keySet(), this);
    }

    /**
     * Claims, polls and takes in once.
     *
     * @throws org.apache.kafka.common.KafkaException when Kafka fails for good
     * @throws org.apache.kafka.common.errors.WakeupException after {@link #wakeup}
     */
    void turn() {
        claim();
        partitions.resumeDue();
        ConsumerRecords<byte[], byte[]> polled;
        try {
            polled = consumer.poll(POLL);
        } catch (OffsetOutOfRangeException e) {
            e.offsetOutOfRangePartitions().forEach(this::skipLost);
            return;
        }
        topics.values().forEach(topic -> take(topic, polled));
        tell();
    }

    /** Ends the poll under way, from another thread. */
    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        partitions.assigned(assigned);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        // What was polled before was taken in, or given up, before this poll.
        partitions.revoked(revoked);
    }

    private void claim() {
        Set<TopicPartition> wanted = partitions.unclaimedDue();
        if (wanted.isEmpty()) {
            return;
        }
        try {
            Map<TopicPartition, Long> starts =
                    config.start() == KafkaConfig.Start.EARLIEST
                            ? consumer.beginningOffsets(wanted)
                            : consumer.endOffsets(wanted);
            Map<BrokerLog.Partition, Long> asked = new HashMap<>();
            starts.forEach((one, offset) -> asked.put(Partitions.name(one), offset));
            intake.claim(config.group(), asked)
                    .await()
                    .atMost(PATIENCE)
                    .forEach((one, next) -> partitions.claimed(Partitions.of(one), next));
        } catch (org.apache.kafka.common.errors.WakeupException e) {
            throw e;
        } catch (RuntimeException e) {
            failed(wanted, e);
        }
    }

    private void take(TenantTopic topic, ConsumerRecords<byte[], byte[]> polled) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        List<BrokerLog.Move> moves = new ArrayList<>();
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> its = polled.records(partition);
            if (partition.topic().equals(topic.name()) && !its.isEmpty()) {
                records.addAll(its);
                moves.add(partitions.move(partition, its.getLast().offset() + 1));
            }
        }
        if (records.isEmpty()) {
            return;
        }
        Set<TopicPartition> theirs =
                moves.stream()
                        .map(move -> Partitions.of(move.partition()))
                        .collect(Collectors.toSet());
        try {
            topicIntake.take(topic, records, moves);
            moves.forEach(move -> partitions.moved(move));
        } catch (TooManyPointsException e) {
            partitions.pause(theirs, e.retryAfter());
        } catch (PositionLostException e) {
            LOG.infof("%s; going on where it is", e.getMessage());
            partitions.claimAgain(theirs, Duration.ZERO);
        } catch (RuntimeException e) {
            failed(theirs, e);
        }
    }

    private void failed(Set<TopicPartition> theirs, RuntimeException cause) {
        metrics.failed();
        LOG.warnf("records not taken in, trying again partitions=%s: %s", theirs, cause);
        partitions.claimAgain(theirs, config.retryInterval());
    }

    // Kafka's retention was faster than we, or the topic was made anew: said loudly, never
    // silently.
    private void skipLost(TopicPartition partition, long position) {
        try {
            long first =
                    consumer.beginningOffsets(Set.of(partition)).getOrDefault(partition, position);
            LOG.errorf(
                    "Kafka no longer has the record to read next, going on with its first"
                            + " partition=%s position=%d first=%d",
                    partition, position, first);
            metrics.lost(partition.topic(), Math.max(0, first - position));
            intake.skip(
                            config.group(),
                            new BrokerLog.Move(Partitions.name(partition), position, first))
                    .await()
                    .atMost(PATIENCE);
            partitions.claimAgain(Set.of(partition), Duration.ZERO);
        } catch (org.apache.kafka.common.errors.WakeupException e) {
            throw e;
        } catch (RuntimeException e) {
            failed(Set.of(partition), e);
        }
    }

    private void tell() {
        Map<TopicPartition, OffsetAndMetadata> moved = partitions.takeMoved();
        if (!moved.isEmpty()) {
            consumer.commitAsync(moved, null);
        }
        topics.keySet()
                .forEach(topic ->
                        metrics.standing(topic, partitions.lag(topic), partitions.paused(topic)));
    }
}

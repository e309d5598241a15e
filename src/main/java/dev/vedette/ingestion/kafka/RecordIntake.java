package dev.vedette.ingestion.kafka;

import dev.vedette.ingestion.BrokerLog;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes in the records of topics that hold one kind of content. */
public interface RecordIntake {
    /** Which kind. */
    KafkaConfig.Content content();

    /**
     * Checks records that were polled together; nothing is stored yet.
     *
     * @param tenant whose they are, from the topic's configuration
     * @param records of one topic, each with a value
     * @param traces under which what they hold goes on
     * @return fails with {@link dev.vedette.ingestion.TooManyPointsException} when the tenant has
     *     to wait, or with {@link dev.vedette.ingestion.StorageUnavailableException}
     */
    Uni<Checked> check(
            TenantId tenant, List<ConsumerRecord<byte[], byte[]>> records, RecordTraces traces);

    /** Records that were checked. */
    interface Checked {
        /** Those that cannot be taken in, or not wholly. */
        List<DeadLetter> letters();

        /**
         * Stores what is sound and moves the partitions it came from, all or none.
         *
         * @return completes once durable; fails with {@link
         *     dev.vedette.ingestion.PositionLostException} when another consumer has read on, and
         *     then nothing is stored, or with {@link
         *     dev.vedette.ingestion.StorageUnavailableException}
         */
        Uni<Void> store(String group, List<BrokerLog.Move> moves);
    }
}

package dev.vedette.ingestion.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A record that was not taken in, or not wholly.
 *
 * @param record as received
 * @param reason a stable code
 * @param detail what exactly, for people
 */
public record DeadLetter(ConsumerRecord<byte[], byte[]> record, String reason, String detail) {
    /**
     * The same key, value and headers for that topic, with the reason and the origin in headers.
     */
    ProducerRecord<byte[], byte[]> to(String topic) {
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(topic, null, record.key(), record.value(), record.headers());
        add(letter, "vedette-reason", reason);
        add(letter, "vedette-detail", detail);
        add(letter, "vedette-topic", record.topic());
        add(letter, "vedette-partition", String.valueOf(record.partition()));
        add(letter, "vedette-offset", String.valueOf(record.offset()));
        add(letter, "vedette-timestamp", String.valueOf(record.timestamp()));
        return letter;
    }

    private static void add(ProducerRecord<byte[], byte[]> to, String header, String value) {
        to.headers().add(header, value.getBytes(UTF_8));
    }
}

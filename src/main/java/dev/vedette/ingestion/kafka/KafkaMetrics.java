package dev.vedette.ingestion.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What the Kafka consumer tells about itself, topic by topic. */
final class KafkaMetrics {
    private final MeterRegistry registry;
    private final Map<String, AtomicLong> lags = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> paused = new ConcurrentHashMap<>();
    private final List<Gauge> standings = new ArrayList<>();

    KafkaMetrics(MeterRegistry registry, Collection<TenantTopic> topics) {
        this.registry = registry;
        for (TenantTopic topic : topics) {
            Tags tags = Tags.of("topic", topic.name());
            lags.put(topic.name(), standing("vedette_kafka_lag_records", tags));
            paused.put(topic.name(), standing("vedette_kafka_paused_partitions", tags));
            registry.counter("vedette_kafka_records_total", tags);
            registry.counter("vedette_kafka_lost_records_total", tags);
            deadLetters(topic.name(), "body_malformed");
        }
        registry.counter("vedette_kafka_failures_total");
    }

    private AtomicLong standing(String name, Tags tags) {
        AtomicLong value = new AtomicLong();
        standings.add(Gauge.builder(name, value, AtomicLong::get).tags(tags).register(registry));
        return value;
    }

    private Counter deadLetters(String topic, String reason) {
        return registry.counter(
                "vedette_kafka_dead_letters_total", "topic", topic, "reason", reason);
    }

    /** Counts what was taken in. */
    void taken(TenantTopic topic, int records, List<DeadLetter> letters) {
        registry.counter("vedette_kafka_records_total", "topic", topic.name()).increment(records);
        letters.forEach(letter -> deadLetters(topic.name(), letter.reason()).increment());
    }

    /** Counts records that Kafka deleted before they were read. */
    void lost(String topic, long records) {
        registry.counter("vedette_kafka_lost_records_total", "topic", topic)
                .increment((double) records);
    }

    /** Counts a failure of database or broker. */
    void failed() {
        registry.counter("vedette_kafka_failures_total").increment();
    }

    /** Notes where this process's partitions of a topic stand. */
    void standing(String topic, long lagRecords, int pausedPartitions) {
        lags.getOrDefault(topic, new AtomicLong()).set(lagRecords);
        paused.getOrDefault(topic, new AtomicLong()).set(pausedPartitions);
    }

    /** Where partitions stand is not known any more. */
    void forget() {
        standings.forEach(registry::remove);
    }
}

package dev.vedette.ingestion.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka's clients, set up so that what {@link TopicConsumer} relies on holds. */
final class KafkaClients {
    private KafkaClients() {}

    /** A consumer whose positions are its user's business. */
    static Consumer<byte[], byte[]> consumer(KafkaConfig config) {
        return new KafkaConsumer<>(
                consumerSettings(config), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** How it is set up. */
    static Map<String, Object> consumerSettings(KafkaConfig config) {
        Map<String, Object> settings = common(config);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, config.group());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, config.maxPollRecords());
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, (int) config.fetchMax().asLongValue());
        settings.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        settings.putIfAbsent(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName());
        return settings;
    }

    /** A producer that acknowledges what is durable, once each. */
    static Producer<byte[], byte[]> producer(KafkaConfig config) {
        Map<String, Object> settings = common(config);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 20_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 25_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        // A letter is a little larger than the record it holds.
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 80 << 20);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A client that asks about the cluster, and fails after that long. */
    static Admin admin(KafkaConfig config, Duration patience) {
        Map<String, Object> settings = common(config);
        int millis = (int) patience.toMillis();
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        // Each attempt to come back is a line in the log.
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, millis);
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, millis);
        return Admin.create(settings);
    }

    private static Map<String, Object> common(KafkaConfig config) {
        Map<String, Object> settings = new HashMap<>(config.properties());
        settings.put(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers().orElseThrow());
        settings.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, config.securityProtocol());
        config.saslMechanism().ifPresent(name -> settings.put(SaslConfigs.SASL_MECHANISM, name));
        config.saslJaasConfig()
                .ifPresent(login -> settings.put(SaslConfigs.SASL_JAAS_CONFIG, login));
        return settings;
    }
}

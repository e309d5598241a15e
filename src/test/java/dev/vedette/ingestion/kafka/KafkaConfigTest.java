package dev.vedette.ingestion.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vedette.tenant.TenantId;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.Test;

final class KafkaConfigTest {
    private static KafkaConfig of(Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(KafkaConfig.class)
                .withSources(new EnvConfigSource(environment, 300))
                .build()
                .getConfigMapping(KafkaConfig.class);
    }

    private static TenantTopic topic(KafkaConfig config, String name) {
        return TenantTopic.of(Objects.requireNonNull(config.topics().get(name)));
    }

    @Test
    void environmentNamesBrokersAndTopics() {
        KafkaConfig config =
                of(
                        Map.of(
                                "VEDETTE_KAFKA_BOOTSTRAP_SERVERS", "kafka:9092",
                                "VEDETTE_KAFKA_TOPICS_SHOP_TOPIC", "metrics.shop",
                                "VEDETTE_KAFKA_TOPICS_SHOP_TENANT", "shop",
                                "VEDETTE_KAFKA_TOPICS_BANK_TOPIC", "metrics.bank",
                                "VEDETTE_KAFKA_TOPICS_BANK_TENANT", "bank",
                                "VEDETTE_KAFKA_TOPICS_BANK_CONTENT", "transactions",
                                "VEDETTE_KAFKA_TOPICS_BANK_DEAD_LETTER_TOPIC", "bank.bad"));
        assertEquals(
                new TenantTopic(
                        "metrics.shop",
                        new TenantId("shop"),
                        KafkaConfig.Content.POINTS,
                        "metrics.shop.dead-letter"),
                topic(config, "shop"));
        assertEquals(
                new TenantTopic(
                        "metrics.bank",
                        new TenantId("bank"),
                        KafkaConfig.Content.TRANSACTIONS,
                        "bank.bad"),
                topic(config, "bank"));
    }

    @Test
    void withoutSettingsThereIsNoKafka() {
        KafkaConfig config = of(Map.of());
        assertEquals(Map.of(), config.topics());
        assertEquals(false, config.bootstrapServers().isPresent());
    }

    @Test
    void topicWithoutATenantIsRefused() {
        assertThrows(
                RuntimeException.class, () -> of(Map.of("VEDETTE_KAFKA_TOPICS_SHOP_TOPIC", "x")));
    }

    @Test
    void whatTheOffsetsDependOnCannotBeSet() {
        KafkaConfig config =
                new SmallRyeConfigBuilder()
                        .addDiscoveredConverters()
                        .withMapping(KafkaConfig.class)
                        .withDefaultValue("vedette.kafka.bootstrap-servers", "127.0.0.1:1")
                        .withDefaultValue("vedette.kafka.properties.\"enable.auto.commit\"", "true")
                        .withDefaultValue("vedette.kafka.properties.\"client.rack\"", "r1")
                        .build()
                        .getConfigMapping(KafkaConfig.class);
        Map<String, Object> settings = KafkaClients.consumerSettings(config);
        assertEquals(false, settings.get(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG));
        assertEquals("r1", settings.get(ConsumerConfig.CLIENT_RACK_CONFIG));
    }
}

package dev.vedette.ingestion.kafka;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/**
 * Gives a {@code @QuarkusTest} a broker with a topic of transactions of the tenant {@code shop}.
 */
public final class KafkaTestResource implements QuarkusTestResourceLifecycleManager {
    /** The topic. */
    public static final String TOPIC = "payments.shop";

    /** How many partitions it has. */
    public static final int PARTITIONS = 2;

    private static volatile String address = "";
    private @Nullable KafkaBroker broker;

    /** Where the broker is. */
    public static String address() {
        return address;
    }

    @Override
    public Map<String, String> start() {
        try {
            KafkaBroker started = KafkaBroker.start(Files.createTempDirectory("vedette-kafka-"));
            broker = started;
            address = started.address();
            createTopics();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException("the broker did not start", e);
        }
        return Map.of(
                "vedette.kafka.bootstrap-servers",
                address,
                "vedette.kafka.topics.shop.topic",
                TOPIC,
                "vedette.kafka.topics.shop.tenant",
                "shop",
                "vedette.kafka.topics.shop.content",
                "transactions");
    }

    private static void createTopics() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            admin.createTopics(
                            java.util.List.of(
                                    topic(TOPIC, PARTITIONS), topic(TOPIC + ".dead-letter", 1)))
                    .all()
                    .get();
        }
    }

    private static NewTopic topic(String name, int partitions) {
        return new NewTopic(name, Optional.of(partitions), Optional.of((short) 1));
    }

    @Override
    public void stop() {
        if (broker != null) {
            broker.close();
        }
    }
}

package dev.vedette.transaction.source;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.DatabaseTestResource;
import dev.vedette.http.Caller;
import dev.vedette.http.TokenIssuer;
import dev.vedette.ingestion.kafka.KafkaTestResource;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/**
 * Transactions from a real broker and from a feed, decided and read back, and those that are not.
 */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@WithTestResource(KafkaTestResource.class)
final class TransactionRecordsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PAYMENTS = 60;

    private final TokenIssuer issuer;
    private final FeedMessages feed;

    TransactionRecordsIT(TokenIssuer issuer, FeedMessages feed) {
        this.issuer = issuer;
        this.feed = feed;
    }

    private List<String> read(String path, String of) {
        return read("shop", path, of);
    }

    private List<String> read(String tenant, String path, String of) {
        Caller caller =
                new Caller(
                        Optional.of(new TenantId(tenant)),
                        "ann",
                        Set.of(Role.ADMIN),
                        Caller.Credential.TOKEN);
        return given().auth()
                .oauth2(issuer.token(caller, Instant.now(), Duration.ofHours(1)))
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList(of, String.class);
    }

    private static String payment(String id, String amount) {
        return "{\"transaction_id\":\"%s\",\"account_id\":\"acc-1\",%s\"currency\":\"EUR\",\"time\":\"%s\"}"
                .formatted(id, amount, Instant.now());
    }

    private static void send(List<String> values) throws Exception {
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                KafkaTestResource.address(),
                                "acks",
                                "all",
                                "enable.idempotence",
                                false),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            for (int i = 0; i < values.size(); i++) {
                producer.send(
                                new ProducerRecord<>(
                                        KafkaTestResource.TOPIC,
                                        i % KafkaTestResource.PARTITIONS,
                                        null,
                                        values.get(i).getBytes(UTF_8)))
                        .get();
            }
        }
    }

    @Test
    void soundOnesAreDecidedOnceAndBadOnesArePutAsideWithTheReason() throws Exception {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < PAYMENTS; i++) {
            values.add("{\"transactions\":[" + payment("k-" + i, "\"amount\":12.5,") + "]}");
        }
        // the same again, two of which one is bad, no JSON, and one that names another tenant
        values.add(values.getFirst());
        values.add(
                "{\"transactions\":["
                        + payment("k-sound", "\"amount\":1,")
                        + ","
                        + payment("k-bad", "")
                        + "]}");
        values.add("no json");
        values.add("{\"tenant_id\":\"evil\",\"transactions\":[]}");
        send(values);

        await().atMost(PATIENCE)
                .until(() ->
                        read("/api/v1/transactions?limit=500", "items.transaction_id").size()
                                > PAYMENTS);
        List<String> decided = read("/api/v1/transactions?limit=500", "items.transaction_id");
        assertEquals(PAYMENTS + 1, decided.size());
        assertEquals(PAYMENTS + 1, Set.copyOf(decided).size(), "each once");
        assertTrue(decided.contains("k-sound"));

        assertEquals(List.of("kafka"), read("/api/v1/dead-letters", "items.source"));
        assertEquals(List.of("/amount"), read("/api/v1/dead-letters", "items.pointer"));
        Map<String, String> letters = letters(3);
        assertEquals(
                Set.of("transactions_refused", "body_malformed", "tenant_mismatch"),
                letters.keySet());
        assertEquals("no json", letters.get("body_malformed"));
        String metrics = given().get("/q/metrics").asString();
        assertTrue(metrics.contains("vedette_kafka_lag_records{topic=\"payments.shop\"}"), metrics);
    }

    @Test
    void aFeedsMessagesAreTakenInOnceOrPutAsideWithTheReason() {
        TenantId tenant = new TenantId("feed-" + UUID.randomUUID());
        String one = payment("f-1", "\"amount\":3,");
        assertTrue(feed.take("bank", tenant, one));
        assertTrue(feed.take("bank", tenant, one));
        String bad = payment("f-bad", "\"amount\":-3,");
        assertTrue(feed.take("bank", tenant, "{\"transactions\":[" + bad + "]}"));
        assertFalse(feed.take("bank", tenant, "no json"));
        assertFalse(feed.take("bank", tenant, "{\"tenant_id\":\"evil\",\"transactions\":[]}"));
        String list = "/api/v1/transactions?limit=500";
        await().atMost(PATIENCE)
                .until(() -> !read(tenant.value(), list, "items.transaction_id").isEmpty());
        assertEquals(List.of("f-1"), read(tenant.value(), list, "items.transaction_id"));
        assertEquals(
                Set.of("amount_out_of_range", "body_malformed", "tenant_mismatch"),
                Set.copyOf(read(tenant.value(), "/api/v1/dead-letters", "items.code")));
        assertEquals(
                List.of("feed", "feed", "feed"),
                read(tenant.value(), "/api/v1/dead-letters", "items.source"));
    }

    /** Values on the topic of dead letters, by reason. */
    private static Map<String, String> letters(int wanted) {
        Map<String, String> letters = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", KafkaTestResource.address()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> all =
                    List.of(new TopicPartition(KafkaTestResource.TOPIC + ".dead-letter", 0));
            consumer.assign(all);
            consumer.seekToBeginning(all);
            await().atMost(PATIENCE)
                    .until(() -> {
                        for (ConsumerRecord<byte[], byte[]> one :
                                consumer.poll(Duration.ofMillis(200))) {
                            letters.put(
                                    new String(
                                            one.headers().lastHeader("vedette-reason").value(),
                                            UTF_8),
                                    new String(one.value(), UTF_8));
                        }
                        return letters.size() >= wanted;
                    });
        }
        return letters;
    }
}

package dev.vedette.transaction.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.DatabaseTestResource;
import dev.vedette.http.Caller;
import dev.vedette.http.TokenIssuer;
import dev.vedette.ingestion.kafka.KafkaTestResource;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import dev.vedette.tracing.TraceCollector;
import dev.vedette.tracing.Traceparent;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** Traces of what comes as messages: from the sender's header, or from the message on. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@WithTestResource(KafkaTestResource.class)
@WithTestResource(
        value = TraceCollector.class,
        initArgs = @ResourceArg(name = TraceCollector.SAMPLE_RATIO, value = "1"))
final class MessageTracesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String STREAM = "/api/v1/stream/transactions";
    private static final String DECIDE = "decide";

    private final TokenIssuer issuer;
    private final FeedMessages feed;

    MessageTracesIT(TokenIssuer issuer, FeedMessages feed) {
        this.issuer = issuer;
        this.feed = feed;
    }

    @Test
    void aPaymentFromKafkaGoesOnWithItsSendersTrace() throws Exception {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        String sender = "b7ad6b7169203331";
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                KafkaTestResource.address(),
                                "enable.idempotence",
                                false),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            ProducerRecord<byte[], byte[]> record =
                    new ProducerRecord<>(KafkaTestResource.TOPIC, payment().getBytes(UTF_8));
            record.headers()
                    .add(
                            Traceparent.HEADER,
                            "00-%s-%s-01".formatted(trace, sender).getBytes(UTF_8));
            producer.send(record).get();
        }
        TraceCollector.Span taken = decidedUnder("take " + KafkaTestResource.TOPIC);
        assertEquals(trace, taken.trace());
        assertEquals(sender, taken.parent());
    }

    @Test
    void aFeedsMessageBeginsATrace() {
        assertTrue(feed.take("bank", new TenantId("traced-feed"), payment()));
        assertEquals("", decidedUnder("take bank").parent());
    }

    @Test
    void aMessageOverAWebSocketBeginsATrace() {
        Caller caller =
                new Caller(
                        Optional.of(new TenantId("traced-socket")),
                        "ann",
                        Set.of(Role.INGEST),
                        Caller.Credential.TOKEN);
        try (HttpClient client = HttpClient.newHttpClient()) {
            WebSocket socket =
                    client.newWebSocketBuilder()
                            .header(
                                    "Authorization",
                                    "Bearer "
                                            + issuer.token(
                                                    caller, Instant.now(), Duration.ofHours(1)))
                            .buildAsync(
                                    URI.create(
                                            RestAssured.baseURI.replace("http", "ws")
                                                    + ":"
                                                    + RestAssured.port
                                                    + STREAM),
                                    new WebSocket.Listener() {})
                            .join();
            socket.sendText(payment(), true).join();
            assertEquals("", decidedUnder("take " + STREAM).parent());
            socket.abort();
        }
    }

    /** The span of that name, once a decision is seen under it. */
    private static TraceCollector.Span decidedUnder(String name) {
        await().atMost(PATIENCE)
                .until(() ->
                        TraceCollector.named(name).stream()
                                .anyMatch(taken ->
                                        TraceCollector.named(DECIDE).stream()
                                                .anyMatch(one -> one.parent().equals(taken.id()))));
        return TraceCollector.named(name).getFirst();
    }

    private static String payment() {
        return "{\"transactions\":[{\"transaction_id\":\"%s\",\"account_id\":\"a\",\"amount\":1,\"currency\":\"EUR\",\"time\":\"%s\"}]}"
                .formatted(UUID.randomUUID(), Instant.now());
    }
}

package dev.vedette.ingestion.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.Seeds;
import dev.vedette.ingestion.BrokerLog;
import dev.vedette.tenant.TenantLimits;
import dev.vedette.timescale.TestDatabase;
import dev.vedette.tracing.Traceparent;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Points from a real broker into a real database, while consumers come, die and are fenced. */
final class KafkaIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PARTITIONS = 4;
    private static final long START = 1_769_860_800_000L;

    @TempDir static Path folder;
    private static KafkaBroker broker;
    private static TestDatabase database;

    @BeforeAll
    static void start() throws Exception {
        broker = KafkaBroker.start(folder);
        database = TestDatabase.embedded();
    }

    @AfterAll
    static void stop() {
        broker.close();
        database.close();
    }

    private static KafkaWorld world(String name, TenantLimits limits) throws Exception {
        KafkaWorld world = new KafkaWorld(broker, database, name, limits, 20);
        world.createTopics(PARTITIONS, Map.of());
        return world;
    }

    private static String point(String metric, int index) {
        return """
        {"series":[{"cluster_id":"c","node_id":"n","metric_name":"%s","points":[[%d,%d]]}]}\
        """
                .formatted(metric, START + 1000L * index, index);
    }

    private static void send(KafkaWorld world, int from, int to)
            throws ExecutionException, InterruptedException {
        try (Producer<String, byte[]> producer = world.producer()) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = from; i < to; i++) {
                sent.add(send(producer, world, i, point(world.topic.name(), i)));
            }
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        }
    }

    private static Future<RecordMetadata> send(
            Producer<String, byte[]> producer, KafkaWorld world, int index, String value) {
        return producer.send(
                new ProducerRecord<>(
                        world.topic.name(),
                        index % PARTITIONS,
                        "acme/" + index,
                        value.getBytes(UTF_8)));
    }

    /** How often each point of the world's metric is in the log, by its index. */
    private static Map<Integer, Integer> stored(KafkaWorld world) {
        Map<Integer, Integer> times = new HashMap<>();
        database.logged(world.topic.name())
                .forEach((time, count) -> times.put((int) ((time - START) / 1000), count));
        return times;
    }

    private static Map<Integer, Integer> onceEach(int records) {
        Map<Integer, Integer> once = new HashMap<>();
        for (int i = 0; i < records; i++) {
            once.put(i, 1);
        }
        return once;
    }

    /** A process with a consumer; killed, it takes nothing more in and says good-bye to nobody. */
    private static final class Member {
        private final KafkaLoop.Session session;
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private volatile boolean killed;

        Member(KafkaWorld world, BrokerLog log) {
            session = world.consumer(log);
            Thread.ofVirtual().start(this::run);
        }

        private void run() {
            try {
                while (!killed) {
                    session.consumer().turn();
                }
                ended.complete(null);
            } catch (RuntimeException e) {
                ended.completeExceptionally(e);
            }
        }

        // What was polled and not stored is lost with it.
        void kill() throws Exception {
            killed = true;
            ended.get(30, TimeUnit.SECONDS);
            session.close();
        }
    }

    @Test
    void recordsAreStoredOnceEachWhateverFailsAndWhoeverDies() throws Exception {
        long seed = Seeds.explored();
        System.err.println("seed " + seed);
        Random random = new Random(seed);
        KafkaWorld world = world("soak", TenantLimits.DEFAULT);
        UnreliableLog log = new UnreliableLog(database.brokerLog(), seed);
        int records = 4000;
        CompletableFuture<Void> sending =
                // A thread of its own: the common pool has one on two cores, and others use it.
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                send(world, 0, records);
                                return null;
                            } catch (ExecutionException | InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        Thread::startVirtualThread);
        log.fail(0.2);
        List<Member> members = new ArrayList<>(List.of(new Member(world, log)));
        for (int round = 0; round < 5; round++) {
            members.add(new Member(world, log));
            double taken = world.counted("vedette_kafka_records_total");
            int more = 100 + random.nextInt(300);
            await().atMost(PATIENCE)
                    .until(() ->
                            world.counted("vedette_kafka_records_total") >= taken + more
                                    || stored(world).size() == records);
            members.remove(random.nextInt(members.size())).kill();
        }
        sending.get();
        log.fail(0);
        await().atMost(PATIENCE).until(() -> stored(world).size() == records);
        assertEquals(onceEach(records), stored(world), "seed " + seed);
        for (Member member : members) {
            member.kill();
        }
    }

    @Test
    void consumerThatLostItsPartitionsWhileItWasAwayStoresNothing() throws Exception {
        KafkaWorld world = world("zombie", TenantLimits.DEFAULT);
        send(world, 0, 40);
        UnreliableLog held = new UnreliableLog(database.brokerLog(), 1);
        CompletableFuture<Void> gate = new CompletableFuture<>();
        held.holdUntil(gate);
        Member away = new Member(world, held);
        await().atMost(PATIENCE).until(() -> held.waiting() > 0);
        // It has polled, and does not poll again: the group gives its partitions to another one.
        Member second = new Member(world, database.brokerLog());
        await().atMost(PATIENCE).until(() -> stored(world).size() == 40);
        gate.complete(null);
        send(world, 40, 80);
        await().atMost(PATIENCE).until(() -> stored(world).size() == 80);
        second.kill();
        send(world, 80, 120);
        await().atMost(PATIENCE).until(() -> stored(world).size() == 120);
        assertEquals(onceEach(120), stored(world));
        away.kill();
    }

    @Test
    void whatCannotBeTakenInIsPutAsideWithTheReason() throws Exception {
        KafkaWorld world = world("letters", TenantLimits.DEFAULT);
        String foreign =
                point("letters", 1).replace("{\"series\"", "{\"tenant_id\":\"evil\",\"series\"");
        String half = point("letters", 2).replace("[[", "[[" + (START + 3000) + ",null],[");
        try (Producer<String, byte[]> producer = world.producer()) {
            List<String> values =
                    List.of(point("letters", 0), "no json", foreign, half, point("letters", 4));
            for (String value : values) {
                send(producer, world, 0, value).get();
            }
        }
        Member member = new Member(world, database.brokerLog());
        await().atMost(PATIENCE).until(() -> stored(world).containsKey(4));
        assertEquals(Map.of(0, 1, 2, 1, 4, 1), stored(world));
        member.kill();
        List<ConsumerRecord<String, byte[]>> letters = deadLetters(world);
        assertEquals(
                List.of("body_malformed:1", "tenant_mismatch:2", "points_refused:3"),
                letters.stream()
                        .map(one ->
                                header(one, "vedette-reason") + ":" + header(one, "vedette-offset"))
                        .sorted(Comparator.comparing(text -> text.substring(text.indexOf(':'))))
                        .toList());
        assertEquals("no json", new String(find(letters, "1").value(), UTF_8));
        assertTrue(
                header(find(letters, "3"), "vedette-detail")
                        .contains("1 points stored, 1 refused"));
    }

    private static ConsumerRecord<String, byte[]> find(
            List<ConsumerRecord<String, byte[]>> letters, String offset) {
        return letters.stream()
                .filter(one -> header(one, "vedette-offset").equals(offset))
                .findFirst()
                .orElseThrow();
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    private static List<ConsumerRecord<String, byte[]>> deadLetters(KafkaWorld world) {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.address());
        List<ConsumerRecord<String, byte[]>> letters = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = List.of(new TopicPartition(world.topic.deadLetters(), 0));
            consumer.assign(all);
            consumer.seekToBeginning(all);
            await().atMost(PATIENCE)
                    .until(() -> {
                        consumer.poll(Duration.ofMillis(200)).forEach(letters::add);
                        return letters.size() >= 3;
                    });
        }
        return letters;
    }

    @Test
    void aTraceGoesOnFromTheRecordsHeaderToTheCommit() throws Exception {
        KafkaWorld world = world("traced", TenantLimits.DEFAULT);
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        String sender = "b7ad6b7169203331";
        try (Producer<String, byte[]> producer = world.producer()) {
            for (String value : List.of(point("traced", 0), "no json")) {
                ProducerRecord<String, byte[]> record =
                        new ProducerRecord<>(
                                world.topic.name(), 0, "acme/traced", value.getBytes(UTF_8));
                record.headers()
                        .add(
                                Traceparent.HEADER,
                                "00-%s-%s-01".formatted(trace, sender).getBytes(UTF_8));
                producer.send(record).get();
            }
        }
        Member member = new Member(world, database.brokerLog());
        await().atMost(PATIENCE).until(() -> world.recorded.named("take traced").size() == 2);
        member.kill();
        List<SpanData> taken = world.recorded.named("take traced");
        assertEquals(List.of(trace, trace), taken.stream().map(SpanData::getTraceId).toList());
        assertEquals(
                List.of(sender, sender), taken.stream().map(SpanData::getParentSpanId).toList());
        SpanData sound =
                taken.stream().filter(span -> refused(span) == null).findFirst().orElseThrow();
        assertEquals(
                List.of(sound.getSpanId()),
                world.recorded.named("commit").stream().map(SpanData::getParentSpanId).toList());
        assertEquals(
                List.of("body_malformed"),
                taken.stream().map(KafkaIT::refused).filter(Objects::nonNull).toList());
        assertEquals(Map.of(0, 1), stored(world));
    }

    private static @Nullable String refused(SpanData span) {
        return span.getAttributes().get(AttributeKey.stringKey("vedette.refused"));
    }

    @Test
    void tenantOverItsLimitIsPausedAndNothingOfItIsLost() throws Exception {
        // Ten seconds' worth of 20 points: the last of 300 wait about five seconds.
        TenantLimits slow = new TenantLimits(100, 20, Duration.ofDays(1));
        KafkaWorld world = world("slow", slow);
        send(world, 0, 300);
        Member member = new Member(world, database.brokerLog());
        await().atMost(PATIENCE)
                .until(() ->
                        world.registry.get("vedette_kafka_paused_partitions").gauge().value() > 0);
        await().atMost(PATIENCE).until(() -> stored(world).size() == 300);
        assertEquals(onceEach(300), stored(world));
        await().atMost(PATIENCE)
                .until(() -> world.registry.get("vedette_kafka_lag_records").gauge().value() == 0);
        member.kill();
    }
}

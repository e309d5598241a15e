package dev.vedette;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.vedette.ServiceProcess.Answer;
import dev.vedette.ingestion.kafka.KafkaBroker;
import dev.vedette.timescale.DatabaseUrl;
import dev.vedette.timescale.EmbeddedDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the packaged service depends on is taken away, one after the other: probe, metric and log
 * name it, the rest goes on, and when it is back so is the service, by itself and with everything
 * it had acknowledged. The alert on the metric is tested in helm/vedette/tests. Needs the package:
 * skipped where there is none.
 */
final class DependencyOutageIT {
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Path PROGRAMS = Path.of("target", "test-database", "programs");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private final Instant start =
            Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(2));
    private static final String TOPIC = "points";
    private static final int POINTS = 50;

    @TempDir static Path folder;

    private static EmbeddedDatabase database;
    private static TcpRelay toDatabase;
    private static KafkaBroker broker;
    private static GreenMail mail;
    private static ServiceProcess service;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Files.exists(JAR), "no package at " + JAR);
        database = EmbeddedDatabase.start(folder.resolve("postgresql"), PROGRAMS);
        toDatabase = new TcpRelay(database.owner().port());
        broker = KafkaBroker.start(Files.createDirectories(folder.resolve("kafka")));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            Optional<Integer> one = Optional.of(1);
            NewTopic points = new NewTopic(TOPIC, one, Optional.of((short) 1));
            admin.createTopics(List.of(points)).all().get();
        }
        mail = startMail(0);
        DatabaseUrl owner = database.owner();
        service =
                ServiceProcess.start(
                        JAR,
                        new DatabaseUrl(
                                owner.host(),
                                toDatabase.port(),
                                owner.database(),
                                owner.user(),
                                owner.password(),
                                ""),
                        folder,
                        Map.of(
                                "VEDETTE_DEPENDENCIES_INTERVAL", "PT1S",
                                "VEDETTE_KAFKA_BOOTSTRAP_SERVERS", broker.address(),
                                "VEDETTE_KAFKA_TOPICS_T_TOPIC", TOPIC,
                                "VEDETTE_KAFKA_TOPICS_T_TENANT", "crash",
                                "VEDETTE_MAIL_HOST", "127.0.0.1",
                                "VEDETTE_MAIL_PORT", String.valueOf(mail.getSmtp().getPort()),
                                "VEDETTE_MAIL_START_TLS", "disabled"));
    }

    @AfterAll
    static void stop() throws IOException {
        if (service != null) {
            service.close();
        }
        if (mail != null) {
            mail.stop();
            broker.close();
            toDatabase.close();
            database.close();
        }
    }

    private static GreenMail startMail(int port) {
        GreenMail server = new GreenMail(new ServerSetup(port, "127.0.0.1", "smtp"));
        server.start();
        return server;
    }

    @Test
    void killedDatabaseIsNamedAndNothingAcknowledgedIsLost() throws Exception {
        post(points("db", 0), 200);
        ProcessHandle server = ProcessHandle.of(database.pid().orElseThrow()).orElseThrow();
        server.destroyForcibly();
        server.onExit().join();
        awaitAway("database");
        assertFalse(service.isReady(), "no request can be answered");
        assertEquals("UP", service.get("/q/health/live").path("status").asText());
        post(points("db", 1), 503);
        database.close();
        database = EmbeddedDatabase.start(folder.resolve("postgresql"), PROGRAMS);
        toDatabase.leadTo(database.owner().port());
        awaitBack("database");
        await().atMost(PATIENCE).until(service::isReady);
        post(points("db", 1), 200);
        awaitStoredAndJudged("db", 2 * POINTS);
    }

    @Test
    void stoppedKafkaIsNamedAndItsRecordsAreTakenInAfterwards() throws Exception {
        sendToKafka(points("kafka", 0));
        awaitStoredAndJudged("kafka", POINTS);
        broker.close();
        awaitAway("kafka");
        assertTrue(service.isReady(), "all but Kafka is taken in all the same");
        post(points("beside", 0), 200);
        broker = broker.startedAgain();
        awaitBack("kafka");
        sendToKafka(points("kafka", 1));
        awaitStoredAndJudged("kafka", 2 * POINTS);
        awaitStoredAndJudged("beside", POINTS);
    }

    @Test
    void stoppedMailServerIsNamedAndItsMailArrivesAfterwards() throws Exception {
        post(
                "/api/v1/channels",
                "{\"name\":\"ops\",\"kind\":\"email\",\"to\":[\"oncall@example.org\"]}",
                201);
        post("/api/v1/routes", "{\"name\":\"all\",\"channels\":[\"ops\"]}", 201);
        int port = mail.getSmtp().getPort();
        mail.stop();
        awaitAway("mail");
        assertTrue(service.isReady(), "all but mail goes on");
        post(MailedChartIT.points(), 200);
        await().atMost(PATIENCE)
                .until(() ->
                        metric(
                                        "vedette_alerting_tries_total",
                                        "channel=\"email\"",
                                        "outcome=\"retried\"")
                                > 0);
        mail = startMail(port);
        awaitBack("mail");
        await().atMost(PATIENCE).until(() -> mail.getReceivedMessages().length > 0);
    }

    private static void awaitAway(String dependency) throws IOException {
        await().atMost(PATIENCE).until(() -> up(dependency) == 0);
        String words = standing(dependency);
        assertTrue(words.startsWith("away since "), words);
        String log = log();
        assertTrue(log.contains("dependency is away dependency=" + dependency), "not in the log");
        assertFalse(log.contains(database.owner().password()), "a password is in the log");
    }

    private static void awaitBack(String dependency) throws IOException {
        await().atMost(PATIENCE).until(() -> up(dependency) == 1);
        assertEquals("there", standing(dependency));
        assertTrue(log().contains("dependency is back dependency=" + dependency), "not in the log");
    }

    private static double up(String dependency) {
        return metric("vedette_dependency_up", "dependency=\"" + dependency + "\"");
    }

    /** The value of the first line of that metric with those labels. */
    private static double metric(String name, String... labels) {
        return service.text("/q/metrics")
                .lines()
                .filter(line -> line.startsWith(name + "{"))
                .filter(line -> List.of(labels).stream().allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElseThrow();
    }

    private static String standing(String dependency) {
        for (JsonNode check : service.get("/q/health/ready").path("checks")) {
            if (check.path("name").asText().equals("dependencies")) {
                return check.path("data").path(dependency).asText();
            }
        }
        throw new AssertionError("no such check");
    }

    private static String log() throws IOException {
        return Files.readString(folder.resolve("service.log"));
    }

    /** The next points of a node's only series. */
    private String points(String node, int part) {
        StringBuilder json =
                new StringBuilder(
                        "{\"series\":[{\"cluster_id\":\"c\",\"node_id\":\"%s\",\"metric_name\":\"m\",\"points\":["
                                .formatted(node));
        for (int i = part * POINTS; i < (part + 1) * POINTS; i++) {
            json.append(i % POINTS == 0 ? "" : ",")
                    .append("[%d,%d]".formatted(start.plusSeconds(i).toEpochMilli(), i % 7));
        }
        return json.append("]}]}").toString();
    }

    private static void post(String points, int status) {
        post("/api/v1/metrics", points, status);
    }

    private static void post(String path, String body, int status) {
        Answer answer = service.postAsync(path, body).join();
        assertEquals(status, answer.status(), answer.body());
    }

    private static void sendToKafka(String points) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.address());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] record = points.getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(TOPIC, record)).get();
        }
    }

    private void awaitStoredAndJudged(String node, int count) {
        String query =
                "cluster_id=c&metric_name=m&node_id=%s&from=%s&to=%s"
                        .formatted(node, start, start.plus(Duration.ofHours(1)));
        await(node)
                .atMost(PATIENCE)
                .untilAsserted(() -> {
                    JsonNode stored = service.get("/api/v1/metrics?" + query).path("series");
                    assertEquals(count, stored.path(0).path("points").size());
                });
        await(node + " judged")
                .atMost(PATIENCE)
                .until(() ->
                        service.get("/api/v1/rank?level=metric&top=1000&" + query)
                                        .path("items")
                                        .size()
                                == 1);
    }
}

package dev.vedette;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vedette.ServiceProcess.Answer;
import dev.vedette.alerting.notifier.TestReceiver;
import dev.vedette.alerting.notifier.TestReceiver.Got;
import dev.vedette.timescale.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged notifier, killed without warning when the receiver has a message that is not noted
 * yet, tells every incident: once where nothing was killed, and else at most once more per crash,
 * under the same key. Two notifiers on one database tell nothing twice. Needs the package: skipped
 * where there is none. More crashes: {@code -Dvedette.notifier.kills=50 -Dseed=…}.
 */
final class NotifierCrashIT {
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final int KILLS = Integer.getInteger("vedette.notifier.kills", 10);
    private static final long SEED = Seeds.explored();
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int CHANNELS = 10;
    private static final int INCIDENTS = 40;

    // The receiver is on this machine, and a slow machine is no receiver that hangs.
    private static final Map<String, String> NOTIFIER =
            Map.of(
                    "VEDETTE_ROLES", "notifier",
                    "VEDETTE_NOTIFIER_ALLOWED_TARGETS", "127.0.0.0/8",
                    "VEDETTE_NOTIFIER_ALLOW_PLAIN_HTTP", "true",
                    "VEDETTE_NOTIFIER_TIMEOUT", "PT2M",
                    "VEDETTE_ALERTING_LEASE", "PT5M");

    private static final Pattern DELIVERED =
            Pattern.compile(
                    "vedette_alerting_tries_total\\{(?=[^}]*channel=\"webhook\")"
                            + "(?=[^}]*outcome=\"delivered\")[^}]*} ([0-9.]+)");

    @TempDir Path folder;

    private final TestReceiver receiver = new TestReceiver("127.0.0.1");
    private TestDatabase database;

    @BeforeEach
    void needsThePackage() {
        assumeTrue(Files.exists(JAR), "no package at " + JAR);
        database = TestDatabase.embedded();
    }

    @AfterEach
    void close() {
        receiver.close();
        if (database != null) {
            database.close();
        }
    }

    /** Which incident's message is the last that a notifier sends, and when it is killed. */
    private record Victim(UUID incident, boolean isBeforeTheAnswer) {}

    @Test
    void killedNotifierTellsEveryIncidentAndRepeatsOnlyWhatItWasKilledOver() throws Exception {
        System.err.println("NotifierCrashIT seed " + SEED + " kills " + KILLS);
        Random random = new Random(SEED);
        AtomicReference<ServiceProcess> notifier = new AtomicReference<>(start());
        AtomicReference<Victim> armed = new AtomicReference<>();
        receiver.watch(
                got -> killIf(armed, got, true, notifier.get()),
                got -> killIf(armed, got, false, notifier.get()));
        List<UUID> undisturbed = new ArrayList<>();
        List<Victim> victims = new ArrayList<>();
        try {
            routeTo(notifier.get(), 1);
            for (int kill = 0; kill < KILLS; kill++) {
                undisturbed.addAll(begin(1 + random.nextInt(4)));
                awaitNoted(undisturbed.size() + victims.size());
                Victim victim = new Victim(UUID.randomUUID(), random.nextBoolean());
                armed.set(victim);
                victims.add(victim);
                begin(victim.incident);
                await().atMost(PATIENCE).until(() -> !notifier.get().isAlive());
                endLeases();
                notifier.set(start());
            }
            awaitNoted(undisturbed.size() + victims.size());
        } finally {
            notifier.get().close();
        }
        verify(undisturbed, victims);
    }

    private static void killIf(
            AtomicReference<Victim> armed, Got got, boolean isBefore, ServiceProcess notifier) {
        Victim victim = armed.get();
        if (victim != null
                && victim.isBeforeTheAnswer == isBefore
                && victim.incident.equals(incident(got))
                && armed.compareAndSet(victim, null)) {
            try {
                notifier.kill();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void verify(List<UUID> undisturbed, List<Victim> victims) {
        Map<UUID, Long> times =
                receiver.got().stream().collect(groupingBy(NotifierCrashIT::incident, counting()));
        Map<UUID, Set<String>> keys =
                receiver.got().stream()
                        .collect(
                                groupingBy(
                                        NotifierCrashIT::incident,
                                        Collectors.mapping(
                                                NotifierCrashIT::key, Collectors.toSet())));
        String seed = "seed " + SEED;
        undisturbed.forEach(one -> assertEquals(1, times.get(one), "told twice; " + seed));
        for (Victim victim : victims) {
            long told = times.getOrDefault(victim.incident, 0L);
            // Before its answer it cannot be noted; with its answer it may be, or not.
            assertTrue(told == 2 || (told == 1 && !victim.isBeforeTheAnswer), told + " " + seed);
        }
        assertEquals(undisturbed.size() + victims.size(), times.size(), seed);
        keys.values().forEach(one -> assertEquals(1, one.size(), seed));
        assertEquals(times.size(), keys.values().stream().distinct().count(), seed);
        System.err.printf(
                "NotifierCrashIT: %d incidents, %d crashes, %d repeats%n",
                times.size(), victims.size(), receiver.got().size() - times.size());
    }

    @Test
    void twoNotifiersTellNothingTwiceAndBothWork() throws Exception {
        try (ServiceProcess one = start();
                ServiceProcess other = start()) {
            routeTo(one, CHANNELS);
            begin(INCIDENTS);
            awaitNoted(INCIDENTS * CHANNELS);
            assertEquals(INCIDENTS * CHANNELS, receiver.got().size());
            assertEquals(
                    INCIDENTS * CHANNELS,
                    receiver.got().stream().map(NotifierCrashIT::key).distinct().count());
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertEquals(INCIDENTS * CHANNELS, delivered(one) + delivered(other)));
            System.err.printf("NotifierCrashIT: %d + %d%n", delivered(one), delivered(other));
            assertTrue(delivered(one) > 0 && delivered(other) > 0);
        }
    }

    private ServiceProcess start() throws IOException {
        return ServiceProcess.start(JAR, database, folder, NOTIFIER);
    }

    /** One route that tells every incident at once, on so many channels. */
    private void routeTo(ServiceProcess service, int channels) {
        for (int i = 0; i < channels; i++) {
            post(
                    service,
                    "/api/v1/channels",
                    "{\"name\":\"hook-%d\",\"kind\":\"webhook\",\"url\":\"%s/%d\"}"
                            .formatted(i, receiver.url(), i));
        }
        String names =
                IntStream.range(0, channels)
                        .mapToObj(i -> "\"hook-" + i + "\"")
                        .collect(Collectors.joining(","));
        post(
                service,
                "/api/v1/routes",
                "{\"name\":\"all\",\"channels\":[%s],\"wait_seconds\":0,\"most_per_hour\":1000}"
                        .formatted(names));
    }

    private static void post(ServiceProcess service, String path, String body) {
        Answer answer = service.postAsync(path, body).join();
        assertEquals(201, answer.status(), answer.body());
    }

    private List<UUID> begin(int count) {
        List<UUID> incidents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            incidents.add(UUID.randomUUID());
        }
        incidents.forEach(this::begin);
        return incidents;
    }

    /** An incident as detection leaves it, with the mark its trigger makes. */
    private void begin(UUID incident) {
        database.execute(
                """
                INSERT INTO incident (tenant_id, id, title, severity, score, origin_cluster,
                    origin_node, origin_since, origin_weight, started_at, last_at, nodes, metrics,
                    anomalies, open)
                VALUES ('crash', '%s', 'zebra burns', 'warning', 0.7, 'zoo', 'n1', now(), 1, now(),
                    now(), 1, 1, 1, 1)\
                """
                        .formatted(incident));
    }

    /** Who was killed comes back at once, where it would be minutes. */
    private void endLeases() {
        database.execute("UPDATE alert_delivery SET leased_until = now()");
    }

    private void awaitNoted(int messages) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertEquals(Map.of("delivered", messages), noted()));
    }

    /** How many messages are in which state. */
    private Map<String, Integer> noted() {
        return database.workers()
                .await(connection -> {
                    Map<String, Integer> states = new HashMap<>();
                    try (PreparedStatement query =
                                    connection.prepareStatement(
                                            "SELECT state, count(*) FROM alert_delivery GROUP BY state");
                            ResultSet rows = query.executeQuery()) {
                        while (rows.next()) {
                            states.put(rows.getString(1), rows.getInt(2));
                        }
                    }
                    return states;
                });
    }

    private static long delivered(ServiceProcess service) {
        Matcher line = DELIVERED.matcher(service.text("/q/metrics"));
        return line.find() ? (long) Double.parseDouble(line.group(1)) : 0;
    }

    private static UUID incident(Got got) {
        return UUID.fromString(got.json().path("data").path("incident_id").asText());
    }

    private static String key(Got got) {
        return String.valueOf(got.headers().get("webhook-id"));
    }
}

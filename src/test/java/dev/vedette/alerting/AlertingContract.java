package dev.vedette.alerting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.incident.IncidentStatus;
import dev.vedette.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every store of settings, alerts and deliveries holds. */
public abstract class AlertingContract {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(30);
    private static final int MANY = 1000;

    /** A tenant of this test alone. */
    protected final TenantId tenant = new TenantId("t-" + UUID.randomUUID());

    private final UUID incident = UUID.randomUUID();
    private Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    /** The settings under test. */
    protected abstract SettingStore settings();

    /** The store of alerts under test. */
    protected abstract AlertStore alerts();

    /** The store of deliveries under test. */
    protected abstract DeliveryStore deliveries();

    /** The log under test. */
    protected abstract DeliveryQueries log();

    /** Stores an incident, or its next state, as the incident job does. */
    protected abstract void put(TenantId tenant, IncidentFacts incident);

    @Test
    void aSettingIsChangedOnlyByWhoHasSeenIt() {
        Setting made = stored(put("a", "1", OptionalLong.empty()));
        assertInstanceOf(
                SettingStore.Outcome.Unexpected.class, put("a", "2", OptionalLong.empty()));
        Setting changed = stored(put("a", "2", OptionalLong.of(made.revision())));
        assertEquals("2", changed.document());
        assertInstanceOf(
                SettingStore.Outcome.Unexpected.class,
                put("a", "3", OptionalLong.of(made.revision())));
        assertInstanceOf(SettingStore.Outcome.Unexpected.class, put("b", "3", OptionalLong.of(1)));
        stored(put("b", "1", OptionalLong.empty()));
        assertInstanceOf(SettingStore.Outcome.Full.class, put("c", "1", OptionalLong.empty()));
        assertEquals(
                List.of("a", "b"), list(Optional.empty()).stream().map(Setting::name).toList());
        assertEquals(List.of("b"), list(Optional.of("a")).stream().map(Setting::name).toList());
        assertInstanceOf(
                SettingStore.Outcome.Deleted.class,
                settings()
                        .delete(tenant, Setting.Kind.CHANNEL, "a", changed.revision())
                        .await()
                        .indefinitely());
        assertTrue(stored(put("a", "4", OptionalLong.empty())).revision() > changed.revision());
    }

    @Test
    void anotherTenantSeesNothing() {
        route();
        open();
        assertEquals(1, logged().size());
        TenantId other = new TenantId("t-" + UUID.randomUUID());
        assertEquals(
                List.of(),
                log().list(other, DeliveryQueries.Filter.ALL, Optional.empty(), 9)
                        .await()
                        .indefinitely());
        UUID id = logged().getFirst().id();
        assertEquals(Optional.empty(), log().find(other, id).await().indefinitely());
        assertEquals(Optional.empty(), log().replay(other, id, now).await().indefinitely());
        assertEquals(List.of(), log().alerts(other, incident).await().indefinitely());
        assertEquals(
                List.of(),
                settings()
                        .list(other, Setting.Kind.ROUTE, Optional.empty(), 9)
                        .await()
                        .indefinitely());
    }

    @Test
    void anIncidentBecomesOneMessageThatIsUpdatedAndEnds() {
        route();
        open();
        Delivery first = logged().getFirst();
        assertEquals(NotificationEvent.OPENED, first.event());
        assertEquals("all-channel", first.channel());
        assertEquals(Delivery.State.DUE, first.state());
        send(new Answer.Delivered(200, "ok", Optional.of("ref-1")));
        assertEquals(Delivery.State.DELIVERED, logged().getFirst().state());

        put(tenant, facts(IncidentStatus.ACKNOWLEDGED, 0.9));
        later(Duration.ofMinutes(2));
        decide();
        DeliveryStore.Claim update = claim(LEASE).getFirst();
        assertEquals(NotificationEvent.UPDATED, update.delivery().event());
        assertEquals(Optional.of("ref-1"), update.reference());
        assertTrue(settle(update, new Answer.Delivered(200, "ok", Optional.empty())));

        put(tenant, facts(IncidentStatus.RESOLVED, 0.9));
        decide();
        later(Duration.ofMinutes(3));
        assertEquals(1, decide());
        assertEquals(NotificationEvent.RESOLVED, logged().getFirst().event());
        assertEquals(List.of(3, 2, 1), logged().stream().map(Delivery::revision).toList());
        assertEquals(
                Alert.Phase.RESOLVED,
                log().alerts(tenant, incident).await().indefinitely().getFirst().phase());
        assertEquals(0, decide(), "nothing is left to look at");
    }

    @Test
    void whatADecisionThrowsUndoesItAndItIsMadeAgain() {
        route();
        put(tenant, facts(IncidentStatus.OPEN, 0.9));
        assertThrows(
                IllegalStateException.class,
                () ->
                        alerts().decideDue(
                                        MANY,
                                        now,
                                        one -> {
                                            throw new IllegalStateException("crash");
                                        }));
        assertEquals(List.of(), logged());
        decide();
        later(Duration.ofSeconds(5));
        decide();
        assertEquals(1, logged().size());
    }

    @Test
    void aTryThatFailsIsMadeAgainLaterWithTheSameKeyAndGivenUpInTheEnd() {
        route();
        open();
        DeliveryStore.Claim first = claim(LEASE).getFirst();
        Instant again = now.plus(Duration.ofMinutes(5));
        assertTrue(
                deliveries()
                        .settle(
                                first,
                                new Answer.Retry(500, "oops", Optional.empty()),
                                now,
                                Optional.of(again)));
        assertEquals(List.of(), claim(LEASE));
        later(Duration.ofMinutes(6));
        DeliveryStore.Claim second = claim(LEASE).getFirst();
        assertEquals(first.delivery().id(), second.delivery().id());
        assertEquals(2, second.delivery().attempts());
        assertEquals(first.since(), second.since());
        assertTrue(settle(second, new Answer.Refused(410, "gone")));
        Delivery failed = logged().getFirst();
        assertEquals(Delivery.State.FAILED, failed.state());
        assertEquals(410, failed.answer().orElseThrow().code());
        DeliveryQueries.Health health = health();
        assertEquals(2, health.failures());
        assertEquals("gone", health.said());

        log().replay(tenant, failed.id(), now).await().indefinitely();
        DeliveryStore.Claim replayed = claim(LEASE).getFirst();
        assertEquals(first.delivery().id(), replayed.delivery().id());
        assertTrue(settle(replayed, new Answer.Delivered(200, "ok", Optional.empty())));
        assertEquals(0, health().failures());
    }

    @Test
    void onlyTheHolderOfTheLeaseNotesTheAnswer() throws InterruptedException {
        route();
        open();
        DeliveryStore.Claim slow = claim(SHORT).getFirst();
        DeliveryStore.Claim next = awaitClaim();
        assertEquals(slow.delivery().id(), next.delivery().id());
        assertFalse(settle(slow, new Answer.Refused(500, "too late")));
        assertTrue(settle(next, new Answer.Delivered(200, "ok", Optional.empty())));
        assertFalse(settle(next, new Answer.Delivered(200, "ok", Optional.empty())));
        assertEquals(Delivery.State.DELIVERED, logged().getFirst().state());
    }

    @Test
    void oneMessageOfAnAlertIsOnItsWayAtATimeAndAnUnsentUpdateGivesWay() {
        route();
        open();
        for (double score : new double[] {0.7, 0.95}) {
            put(tenant, facts(IncidentStatus.OPEN, score));
            later(Duration.ofMinutes(2));
            decide();
        }
        assertEquals(
                List.of(Delivery.State.DUE, Delivery.State.SUPERSEDED, Delivery.State.DUE),
                logged().stream().map(Delivery::state).toList());
        List<DeliveryStore.Claim> claims = claim(LEASE);
        assertEquals(1, claims.size());
        assertEquals(NotificationEvent.OPENED, claims.getFirst().delivery().event());
        settle(claims.getFirst(), new Answer.Delivered(200, "ok", Optional.empty()));
        assertEquals(NotificationEvent.UPDATED, claim(LEASE).getFirst().delivery().event());
    }

    @Test
    void aChannelThatHangsDoesNotTakeAllPlaces() {
        route();
        for (int i = 0; i < 10; i++) {
            put(
                    tenant,
                    AlertSamples.incident(UUID.randomUUID(), IncidentStatus.OPEN, 0.9, now, now));
        }
        decide();
        later(Duration.ofSeconds(5));
        decide();
        int first = deliveries().claim("one", now, LEASE, 2, 3).size();
        int second = deliveries().claim("one", now, LEASE, 1, 3).size();
        assertEquals(3, first + second);
        assertEquals(0, deliveries().claim("one", now, LEASE, 10, 3).size());
        assertTrue(deliveries().backlog().due() >= 10);
    }

    @Test
    void anIncidentThatNobodyLookedAtIsBehindWhereSomebodyIsToBeTold() {
        decide();
        put(tenant, facts(IncidentStatus.OPEN, 0.9));
        assertEquals(Optional.empty(), deliveries().backlog().undecided());
        route();
        assertTrue(deliveries().backlog().undecided().isPresent());
        decide();
        assertEquals(Optional.empty(), deliveries().backlog().undecided());
    }

    @Test
    void aRouteIsDeadWhileItsChannelTakesNothing() {
        route();
        long others = deliveries().backlog().deadRoutes();
        open();
        for (int failures = 1; failures <= DeliveryQueries.Health.DEAD; failures++) {
            assertEquals(others, deliveries().backlog().deadRoutes());
            Answer silence = new Answer.Retry(Answer.NONE, "silence", Optional.empty());
            deliveries().settle(claim(LEASE).getFirst(), silence, now, Optional.of(now));
        }
        assertEquals(others + 1, deliveries().backlog().deadRoutes());
        send(new Answer.Delivered(200, "ok", Optional.empty()));
        assertEquals(others, deliveries().backlog().deadRoutes());
    }

    @Test
    void aCrashBetweenSendingAndNotingCostsOneRepeatWithTheSameKey() throws InterruptedException {
        route();
        Set<UUID> wanted = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            UUID id = UUID.randomUUID();
            wanted.add(id);
            put(tenant, AlertSamples.incident(id, IncidentStatus.OPEN, 0.9, now, now));
        }
        decide();
        later(Duration.ofSeconds(5));
        decide();
        Map<UUID, List<UUID>> received = new HashMap<>();
        Set<UUID> crashed = new HashSet<>();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (delivered() < 50 && System.nanoTime() < deadline) {
            for (DeliveryStore.Claim claim : deliveries().claim("p", now, SHORT, 5, 100)) {
                Delivery delivery = claim.delivery();
                received.computeIfAbsent(delivery.incident(), none -> new ArrayList<>())
                        .add(delivery.id());
                // Each is lost once between sending and noting: the process is gone, its lease not.
                if (!crashed.add(delivery.id())) {
                    settle(claim, new Answer.Delivered(200, "ok", Optional.empty()));
                }
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        assertEquals(wanted, received.keySet());
        received.forEach((id, keys) -> {
            assertEquals(2, keys.size(), "one repeat per crash");
            assertEquals(1, Set.copyOf(keys).size(), "with the same key");
        });
    }

    @Test
    void twoProcessesDecideAndSendNothingTwice() throws InterruptedException {
        route();
        for (int i = 0; i < 60; i++) {
            put(
                    tenant,
                    AlertSamples.incident(UUID.randomUUID(), IncidentStatus.OPEN, 0.9, now, now));
        }
        decide();
        later(Duration.ofSeconds(5));
        Map<UUID, AtomicInteger> sent = new ConcurrentHashMap<>();
        CountDownLatch done = new CountDownLatch(2);
        for (String process : List.of("one", "two")) {
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            for (int round = 0; round < 30; round++) {
                                decide();
                                for (DeliveryStore.Claim claim :
                                        deliveries().claim(process, now, LEASE, 4, 100)) {
                                    if (!claim.delivery().tenant().equals(tenant)) {
                                        continue;
                                    }
                                    sent.computeIfAbsent(
                                                    claim.delivery().id(),
                                                    id -> new AtomicInteger())
                                            .incrementAndGet();
                                    settle(
                                            claim,
                                            new Answer.Delivered(200, "ok", Optional.empty()));
                                }
                            }
                        } finally {
                            done.countDown();
                        }
                    });
        }
        assertTrue(done.await(60, TimeUnit.SECONDS));
        assertEquals(60, sent.size());
        sent.values().forEach(times -> assertEquals(1, times.get()));
        assertEquals(60, logged().size());
    }

    @Test
    void theLogIsFilteredPagedAndForgotten() {
        route();
        open();
        send(new Answer.Delivered(200, "ok", Optional.empty()));
        UUID other = UUID.randomUUID();
        put(tenant, AlertSamples.incident(other, IncidentStatus.OPEN, 0.9, now, now));
        decide();
        later(Duration.ofSeconds(5));
        decide();
        assertEquals(2, logged().size());
        assertEquals(1, filtered(Optional.of(other), Optional.empty(), Optional.empty()).size());
        assertEquals(
                1,
                filtered(Optional.empty(), Optional.empty(), Optional.of(Delivery.State.DELIVERED))
                        .size());
        assertEquals(0, filtered(Optional.empty(), Optional.of("none"), Optional.empty()).size());
        Delivery newest = logged().getFirst();
        assertEquals(
                List.of(logged().getLast()),
                log().list(tenant, DeliveryQueries.Filter.ALL, Optional.of(newest.seq()), 9)
                        .await()
                        .indefinitely());
        deliveries().forget(now.plus(Duration.ofDays(1)));
        assertEquals(List.of(newest), logged(), "what is to be sent stays");
    }

    private List<Delivery> filtered(
            Optional<UUID> about, Optional<String> route, Optional<Delivery.State> state) {
        return log().list(
                        tenant,
                        new DeliveryQueries.Filter(about, route, Optional.empty(), state),
                        Optional.empty(),
                        9)
                .await()
                .indefinitely();
    }

    /** One that is over can be forgotten only once; what is due is never. */
    private long delivered() {
        return logged().stream().filter(one -> one.state() == Delivery.State.DELIVERED).count();
    }

    private DeliveryStore.Claim awaitClaim() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (System.nanoTime() < deadline) {
            List<DeliveryStore.Claim> claims = claim(LEASE);
            if (!claims.isEmpty()) {
                return claims.getFirst();
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        throw new AssertionError("the lease never ended");
    }

    private void route() {
        RouteForm form =
                new RouteForm(
                        Optional.of("all"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of("all-channel"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(1000),
                        Optional.empty(),
                        Optional.empty());
        settings()
                .put(
                        tenant,
                        new SettingStore.Change(
                                Setting.Kind.ROUTE, "all", Documents.write(form), "ada", now),
                        OptionalLong.empty(),
                        9)
                .await()
                .indefinitely();
    }

    private void open() {
        put(tenant, facts(IncidentStatus.OPEN, 0.9));
        decide();
        later(Duration.ofSeconds(5));
        decide();
    }

    private IncidentFacts facts(IncidentStatus status, double score) {
        return AlertSamples.incident(incident, status, score, now, now);
    }

    private void later(Duration by) {
        now = now.plus(by);
    }

    /** Decides for this tenant, as often as returned; others share the database. */
    private int decide() {
        AtomicInteger times = new AtomicInteger();
        alerts().decideDue(
                        MANY,
                        now,
                        one -> {
                            if (!one.tenant().equals(tenant)) {
                                return new AlertPlans.Decisions(List.of(), List.of());
                            }
                            times.incrementAndGet();
                            return new AlertPlans(
                                            one.settings().stream()
                                                    .filter(s -> s.kind() == Setting.Kind.ROUTE)
                                                    .map(AlertSettings::route)
                                                    .toList(),
                                            List.of())
                                    .decide(one.moment());
                        });
        return times.get();
    }

    private List<DeliveryStore.Claim> claim(Duration lease) {
        return deliveries().claim("process", now, lease, MANY, 100).stream()
                .filter(claim -> claim.delivery().tenant().equals(tenant))
                .toList();
    }

    private void send(Answer answer) {
        claim(LEASE).forEach(claim -> settle(claim, answer));
    }

    private boolean settle(DeliveryStore.Claim claim, Answer answer) {
        return deliveries().settle(claim, answer, now, Optional.empty());
    }

    private List<Delivery> logged() {
        return log().list(tenant, DeliveryQueries.Filter.ALL, Optional.empty(), 1000)
                .await()
                .indefinitely();
    }

    private DeliveryQueries.Health health() {
        return Optional.ofNullable(log().health(tenant).await().indefinitely().get("all-channel"))
                .orElseThrow();
    }

    private List<Setting> list(Optional<String> after) {
        return settings().list(tenant, Setting.Kind.CHANNEL, after, 9).await().indefinitely();
    }

    private SettingStore.Outcome put(String name, String document, OptionalLong expected) {
        return settings()
                .put(
                        tenant,
                        new SettingStore.Change(Setting.Kind.CHANNEL, name, document, "ada", now),
                        expected,
                        2)
                .await()
                .indefinitely();
    }

    private static Setting stored(SettingStore.Outcome outcome) {
        return assertInstanceOf(SettingStore.Outcome.Stored.class, outcome).setting();
    }
}

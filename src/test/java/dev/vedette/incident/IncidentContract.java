package dev.vedette.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.explanation.Phrases;
import dev.vedette.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link IncidentStore} with its {@link IncidentQueries} holds. */
public abstract class IncidentContract {
    private static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
    private static final IncidentReach REACH = IncidentReach.DEFAULT;

    /** A tenant of this test alone. */
    protected final TenantId tenant = new TenantId("t-" + UUID.randomUUID());

    private final IncidentGrouper grouper = new IncidentGrouper(REACH);
    private final IncidentWords words = new IncidentWords(Phrases.ENGLISH);

    /** The store under test. */
    protected abstract IncidentStore store();

    /** The queries under test. */
    protected abstract IncidentQueries queries();

    /** Stores an anomaly, or its newest state, as detection does. */
    protected abstract void put(TenantId tenant, Symptom symptom);

    /** Takes an anomaly away, as a backfill does. */
    protected abstract void remove(TenantId tenant, UUID anomaly);

    @Test
    void anomaliesOfOneNodeBecomeOneIncidentWithTheirSummary() {
        put(tenant, at("n1", "cpu", 0, 5, true, 0.7));
        put(tenant, at("n1", "mem", 3, 9, false, 0.9));
        regroup();

        Incident incident = only();
        assertEquals(IncidentStatus.OPEN, incident.status());
        assertEquals(2, incident.anomalies());
        assertEquals(1, incident.open());
        assertEquals(1, incident.nodes());
        assertEquals(2, incident.metrics());
        assertEquals(0.9, incident.score());
        assertEquals(minute(0), incident.startedAt());
        assertEquals(minute(9), incident.lastAt());
        assertEquals("n1", incident.origin().nodeId());
        IncidentQueries.Detail detail = detail(incident.id());
        assertEquals(
                List.of(Optional.of("cpu"), Optional.of("mem")),
                detail.symptoms().stream().map(Symptom::metricName).toList());
    }

    @Test
    void anIncidentIsOverWhenItsLastAnomalyIsAndBeginsAgainWithTheNext() {
        put(tenant, at("n1", "cpu", 0, 5, true, 0.7));
        regroup();
        act(only().id(), IncidentAction.Kind.ACKNOWLEDGE);
        assertEquals(IncidentStatus.ACKNOWLEDGED, only().status());
        put(tenant, at("n1", "cpu", 0, 6, false, 0.7));
        regroup();
        assertEquals(IncidentStatus.RESOLVED, only().status());
        UUID before = only().id();
        put(tenant, at("n1", "mem", 20, 22, true, 0.7));
        regroup();
        assertEquals(before, only().id());
        assertEquals(IncidentStatus.OPEN, only().status(), "who took it is asked again");
    }

    @Test
    void incidentsThatMeetBecomeTheEarlierOneAndKeepWhoTookIt() {
        put(tenant, at("n1", "cpu", 0, 5, true, 0.7));
        put(tenant, at("n1", "mem", 60, 65, true, 0.7));
        regroup();
        List<Incident> two = list(IncidentQueries.Filter.ALL);
        assertEquals(2, two.size());
        Incident late = two.get(0);
        Incident early = two.get(1);
        act(late.id(), IncidentAction.Kind.ACKNOWLEDGE);

        put(tenant, at("n1", "cpu", 0, 40, true, 0.7));
        regroup();

        assertEquals(early.id(), only().id());
        assertEquals(IncidentStatus.ACKNOWLEDGED, only().status());
        Incident merged = detail(late.id()).incident();
        assertEquals(IncidentStatus.MERGED, merged.status());
        assertEquals(Optional.of(early.id()), merged.mergedInto());
        assertTrue(merged.version() > late.version());
    }

    @Test
    void anIncidentWithoutAnomaliesIsWithdrawnAndOneThatFallsApartIsTwo() {
        put(tenant, at("n1", "cpu", 0, 5, false, 0.7));
        Symptom bridge = at("n1", "mem", 25, 35, false, 0.7);
        put(tenant, bridge);
        put(tenant, at("n1", "disk", 60, 61, false, 0.7));
        regroup();
        UUID whole = only().id();

        remove(tenant, bridge.anomaly());
        regroup();
        assertEquals(2, list(IncidentQueries.Filter.ALL).size());

        remove(tenant, at("n1", "cpu", 0, 5, false, 0.7).anomaly());
        regroup();
        assertNotEquals(whole, only().id());
        assertEquals(IncidentStatus.WITHDRAWN, detail(whole).incident().status());
    }

    @Test
    void nothingChangesWhenNothingDid() {
        put(tenant, at("n1", "cpu", 0, 5, true, 0.7));
        regroup();
        Incident before = only();
        put(tenant, at("n1", "cpu", 0, 5, true, 0.7));
        regroup();
        assertEquals(before, only());
        assertEquals(0, regroup());
    }

    @Test
    void aPersonsWordStandsUntilMoreGoesWrong() {
        put(tenant, at("n1", "cpu", 0, 5, true, 0.7));
        regroup();
        UUID id = only().id();
        act(id, IncidentAction.Kind.RESOLVE);
        put(tenant, at("n1", "cpu", 0, 7, true, 0.7));
        regroup();
        assertEquals(IncidentStatus.RESOLVED, only().status());
        put(tenant, at("n1", "mem", 7, 8, true, 0.7));
        regroup();
        assertEquals(IncidentStatus.OPEN, only().status());
        act(id, IncidentAction.Kind.COMMENT);
        assertEquals(
                List.of(IncidentAction.Kind.RESOLVE, IncidentAction.Kind.COMMENT),
                detail(id).actions().stream().map(IncidentAction::kind).toList());
    }

    @Test
    void anotherTenantSeesAndMovesNothing() {
        put(tenant, at("n1", "cpu", 0, 5, true, 0.7));
        regroup();
        UUID id = only().id();
        TenantId other = new TenantId("t-" + UUID.randomUUID());
        assertEquals(Optional.empty(), queries().find(other, id).await().indefinitely());
        assertEquals(
                Optional.empty(),
                queries()
                        .act(
                                other,
                                id,
                                new IncidentAction(T0, "eve", IncidentAction.Kind.RESOLVE, ""))
                        .await()
                        .indefinitely());
        assertEquals(IncidentStatus.OPEN, only().status());
        assertTrue(detail(id).actions().isEmpty());
    }

    @Test
    void filtersNarrowAndPagesMeet() {
        put(tenant, at("n1", "cpu", 0, 5, false, 0.7));
        put(tenant, at("n2", "disk", 100, 105, true, 0.95));
        put(tenant, at("n3", "net", 200, 205, true, 0.8));
        regroup();
        assertEquals(3, list(IncidentQueries.Filter.ALL).size());
        assertEquals(
                1,
                list(filter(Optional.of(minute(100)), Optional.of(minute(200)), 0, Set.of()))
                        .size());
        assertEquals(1, list(filter(Optional.empty(), Optional.empty(), 0.9, Set.of())).size());
        assertEquals(
                1,
                list(filter(Optional.empty(), Optional.empty(), 0, Set.of(IncidentStatus.RESOLVED)))
                        .size());
        List<Incident> paged = new ArrayList<>();
        Optional<IncidentQueries.Position> after = Optional.empty();
        for (int page = 0; page < 3; page++) {
            List<Incident> one =
                    queries()
                            .list(tenant, IncidentQueries.Filter.ALL, after, 1)
                            .await()
                            .indefinitely();
            paged.addAll(one);
            after =
                    Optional.of(
                            new IncidentQueries.Position(
                                    one.getLast().startedAt(), one.getLast().id()));
        }
        assertEquals(list(IncidentQueries.Filter.ALL), paged);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theSameAnomaliesGiveTheSameIncidentsInWhateverOrderTheyCame(long seed) {
        List<Symptom> symptoms = new ArrayList<>();
        Random random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            int start = random.nextInt(400);
            symptoms.add(
                    at(
                            "n" + random.nextInt(4),
                            "m" + i,
                            start,
                            start + random.nextInt(20),
                            false,
                            0.7));
        }
        TenantId shuffled = new TenantId("t-" + UUID.randomUUID());
        List<Symptom> otherOrder = new ArrayList<>(symptoms);
        Collections.shuffle(otherOrder, random);
        for (int i = 0; i < symptoms.size(); i++) {
            put(tenant, symptoms.get(i));
            put(shuffled, otherOrder.get(i));
            if (i % 7 == 0) {
                regroup();
            }
        }
        regroup();
        assertEquals(partition(tenant), partition(shuffled), "seed " + seed);
    }

    private Map<UUID, UUID> partition(TenantId whose) {
        Map<UUID, UUID> members = new java.util.HashMap<>();
        for (Incident incident :
                queries()
                        .list(whose, IncidentQueries.Filter.ALL, Optional.empty(), 1000)
                        .await()
                        .indefinitely()) {
            queries()
                    .find(whose, incident.id())
                    .await()
                    .indefinitely()
                    .orElseThrow()
                    .symptoms()
                    .forEach(symptom -> members.put(symptom.anomaly(), incident.id()));
        }
        return members;
    }

    /** Brings incidents up to date; how many changes were taken. */
    protected int regroup() {
        int taken = 0;
        int now;
        do {
            now =
                    store().regroupDue(
                                    5,
                                    REACH.longest(),
                                    around ->
                                            Regrouping.of(
                                                    grouper,
                                                    words,
                                                    around.symptoms(),
                                                    around.before()));
            taken += now;
        } while (now > 0);
        return taken;
    }

    private Incident only() {
        List<Incident> all = list(IncidentQueries.Filter.ALL);
        assertEquals(1, all.size(), () -> "incidents " + all);
        return all.getFirst();
    }

    private List<Incident> list(IncidentQueries.Filter filter) {
        return queries().list(tenant, filter, Optional.empty(), 100).await().indefinitely();
    }

    private IncidentQueries.Detail detail(UUID id) {
        return queries().find(tenant, id).await().indefinitely().orElseThrow();
    }

    private void act(UUID id, IncidentAction.Kind kind) {
        queries()
                .act(tenant, id, new IncidentAction(T0, "ada", kind, "so be it"))
                .await()
                .indefinitely();
    }

    private static IncidentQueries.Filter filter(
            Optional<Instant> from,
            Optional<Instant> to,
            double minScore,
            Set<IncidentStatus> status) {
        return new IncidentQueries.Filter(from, to, Optional.empty(), minScore, status);
    }

    private static Instant minute(int minute) {
        return T0.plus(Duration.ofMinutes(minute));
    }

    /** One series has one anomaly per start; its id follows from both, as in detection. */
    private Symptom at(String node, String metric, int from, int to, boolean open, double score) {
        return new Symptom(
                UUID.nameUUIDFromBytes(
                        (node + "/" + metric + "/" + from).getBytes(StandardCharsets.UTF_8)),
                "c1",
                node,
                Optional.of(metric),
                minute(from),
                minute(to),
                open,
                score,
                AnomalyKind.SPIKE);
    }
}

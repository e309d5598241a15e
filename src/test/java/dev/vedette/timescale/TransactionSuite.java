package dev.vedette.timescale;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.ingestion.BrokerLog;
import dev.vedette.ingestion.PositionLostException;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.Outcome;
import dev.vedette.transaction.Reason;
import dev.vedette.transaction.ReceivedTransaction;
import dev.vedette.transaction.intake.Checked;
import dev.vedette.transaction.intake.DeadLetters;
import dev.vedette.transaction.intake.FieldRule;
import dev.vedette.transaction.intake.Refused;
import dev.vedette.transaction.intake.SchemaStore;
import dev.vedette.transaction.intake.TransactionSchema;
import dev.vedette.transaction.rule.Rule;
import dev.vedette.transaction.rule.RuleEffect;
import dev.vedette.transaction.rule.RuleMode;
import dev.vedette.transaction.rule.RuleVersion;
import dev.vedette.transaction.scoring.DecisionStore;
import dev.vedette.transaction.scoring.JudgedTransaction;
import dev.vedette.transaction.scoring.RuleStore;
import dev.vedette.transaction.scoring.ShardLease;
import dev.vedette.transaction.scoring.ShardLostException;
import dev.vedette.transaction.scoring.StoredTransaction;
import dev.vedette.transaction.scoring.TransactionQueries;
import dev.vedette.transaction.scoring.TransactionSamples;
import dev.vedette.transaction.scoring.TransactionShards;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.io.ByteArrayOutputStream;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Storage of transactions, rules, schemas and dead letters. */
abstract class TransactionSuite {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final Duration TTL = Duration.ofSeconds(30);
    private static final int SHARD = 3;

    private final TenantId tenant = new TenantId("t-" + UUID.randomUUID());
    private final TenantId other = new TenantId("o-" + UUID.randomUUID());
    private DecisionStore store = new TimescaleDecisionStore(database().workers());
    private TransactionQueries queries = new TimescaleTransactionQueries(database().tenants());

    abstract TestDatabase database();

    @BeforeEach
    void open() {
        store = new TimescaleDecisionStore(database().workers());
        queries = new TimescaleTransactionQueries(database().tenants());
    }

    @AfterEach
    void free() {
        database().execute("UPDATE transaction_shard SET owner = NULL, expires_at = '-infinity'");
    }

    private static <T> T await(Uni<T> asked) {
        return asked.await().atMost(Duration.ofSeconds(30));
    }

    private ShardLease lease(String owner) {
        return store.acquire(SHARD, owner, TTL).orElseThrow();
    }

    private ReceivedTransaction payment(TenantId of, String id, int minute) {
        return TransactionSamples.payment(of, id, "acc-1", 12.5, NOW.plusSeconds(60L * minute));
    }

    private List<JudgedTransaction> decide(ShardLease lease, long seq, ReceivedTransaction... of) {
        return store.decide(
                lease,
                seq,
                List.of(of),
                List.of(),
                fresh -> TransactionSamples.judged(fresh, Outcome.REVIEW));
    }

    @Test
    void decidedTransactionIsReadBackWhole() {
        ShardLease lease = lease("a");
        JudgedTransaction judged = decide(lease, lease.seq(), payment(tenant, "p1", 0)).getFirst();
        StoredTransaction stored = await(queries.find(tenant, "p1")).orElseThrow();
        assertEquals(judged.received(), stored.received());
        assertEquals(judged.decision(), stored.decision());
        assertEquals(judged.features(), stored.features());
        assertEquals(judged.decidedAt(), stored.decidedAt());
        assertTrue(stored.rules().contains("\"operands\":{\"amount\":12.5"), stored.rules());
    }

    @Test
    void tracesOfAVersionThatKeptAllOfThemAsJsonAreRead() {
        ShardLease lease = lease("a");
        decide(lease, lease.seq(), payment(tenant, "p1", 0));
        database()
                .execute(
                        """
                        UPDATE transaction SET traces = NULL, rules = '[{"rule": "old"}]'
                        WHERE tenant_id = '%s'\
                        """
                                .formatted(tenant.value()));
        assertEquals(
                "[{\"rule\":\"old\"}]", await(queries.find(tenant, "p1")).orElseThrow().rules());
    }

    @Test
    void whatExplainsADecisionOfAVersionThatKeptItAsJsonIsRead() {
        ShardLease lease = lease("a");
        decide(lease, lease.seq(), payment(tenant, "p1", 0));
        database()
                .execute(
                        """
                        UPDATE transaction SET explanation = NULL, features = '{"count_1h": 3}',
                            reasons = '[{"code": "rule:r", "text": "why", "weight": 0.5}]'
                        WHERE tenant_id = '%s'\
                        """
                                .formatted(tenant.value()));
        StoredTransaction stored = await(queries.find(tenant, "p1")).orElseThrow();
        assertEquals(Map.of("count_1h", 3.0), stored.features());
        assertEquals(List.of(new Reason("rule:r", "why", 0.5)), stored.decision().reasons());
    }

    @Test
    void sameIdAgainChangesNothingWhateverElseItSays() {
        ShardLease lease = lease("a");
        assertEquals(
                1,
                decide(lease, lease.seq(), payment(tenant, "p1", 0), payment(tenant, "p1", 5))
                        .size());
        assertEquals(List.of(), decide(lease, lease.seq() + 1, payment(tenant, "p1", 9)));
        assertEquals(1, decide(lease, lease.seq() + 1, payment(other, "p1", 9)).size());
        assertEquals(
                NOW,
                await(queries.find(tenant, "p1")).orElseThrow().received().transaction().time());
        assertEquals(
                1,
                await(queries.list(tenant, TransactionQueries.Filter.ANY, Optional.empty(), 10))
                        .size());
    }

    @Test
    void onlyTheHolderOfTheLeaseDecides() {
        ShardLease first = lease("a");
        assertEquals(Optional.empty(), store.acquire(SHARD, "b", TTL));
        database().execute("UPDATE transaction_shard SET expires_at = now() - interval '1 second'");
        ShardLease second = lease("b");
        assertThrows(
                ShardLostException.class,
                () -> decide(first, first.seq(), payment(tenant, "p1", 0)));
        assertEquals(Optional.empty(), await(queries.find(tenant, "p1")));
        decide(second, second.seq(), payment(tenant, "p1", 0));
        assertThrows(
                ShardLostException.class,
                () -> decide(second, second.seq(), payment(tenant, "p2", 0)));
        assertTrue(!store.renew(first, TTL) && store.renew(second, TTL));
        store.release(second);
        assertEquals(second.seq() + 1, lease("a").seq());
    }

    @Test
    void ownersLeasesAreRenewedTogetherAndNoOthers() {
        ShardLease one = lease("a");
        ShardLease two = store.acquire(SHARD + 1, "a", TTL).orElseThrow();
        ShardLease others = store.acquire(SHARD + 2, "b", TTL).orElseThrow();
        database().execute("UPDATE transaction_shard SET expires_at = now() - interval '1 second'");
        assertTrue(store.renew(one, TTL));
        assertEquals(Optional.empty(), store.acquire(SHARD + 1, "c", TTL));
        ShardLease taken = store.acquire(SHARD + 2, "c", TTL).orElseThrow();
        assertTrue(store.renew(two, TTL) && !store.renew(others, TTL) && store.renew(taken, TTL));
        List.of(one, two, taken).forEach(store::release);
    }

    /** The ones that end with the statement that stores them, without an anomaly after it. */
    @Test
    void approvedOnesOfALostShardLeaveNotEvenTheirKeys() {
        ShardLease lease = lease("a");
        assertThrows(
                ShardLostException.class,
                () -> approve(lease, lease.seq() + 1, payment(tenant, "p1", 0)));
        assertEquals(1, approve(lease, lease.seq(), payment(tenant, "p1", 0)).size());
        assertEquals(
                Outcome.APPROVE,
                await(queries.find(tenant, "p1")).orElseThrow().decision().outcome());
        assertEquals(List.of(), approve(lease, lease.seq() + 1, payment(tenant, "p1", 0)));
        store.release(lease);
        assertEquals(lease.seq() + 1, lease("b").seq());
    }

    private List<JudgedTransaction> approve(ShardLease lease, long seq, ReceivedTransaction of) {
        return store.decide(
                lease,
                seq,
                List.of(of),
                List.of(),
                fresh -> TransactionSamples.judged(fresh, Outcome.APPROVE));
    }

    @Test
    void failureInTheMiddleLeavesNothingBehind() {
        ShardLease lease = lease("a");
        assertThrows(
                IllegalStateException.class,
                () ->
                        store.decide(
                                lease,
                                lease.seq(),
                                List.of(payment(tenant, "p1", 0)),
                                List.of(),
                                fresh -> {
                                    throw new IllegalStateException("judge fell over");
                                }));
        assertEquals(1, decide(lease, lease.seq(), payment(tenant, "p1", 0)).size());
    }

    @Test
    void queuedTransactionWaitsUntilItIsDecidedOnce() {
        TimescaleTransactionQueue queue = new TimescaleTransactionQueue(database().workers());
        ReceivedTransaction one = payment(tenant, "q1", 0);
        assertEquals(Set.of(one.key()), await(queue.add(List.of(one, one), SHARD)));
        assertEquals(Set.of(), await(queue.add(List.of(one), SHARD)));
        assertTrue(store.waiting().contains(SHARD));
        List<DecisionStore.Due> due =
                store.due(SHARD, 100).stream()
                        .filter(waiting -> waiting.received().tenant().equals(tenant))
                        .toList();
        assertEquals(List.of(one), due.stream().map(DecisionStore.Due::received).toList());
        ShardLease lease = lease("a");
        store.decide(
                lease,
                lease.seq(),
                List.of(one),
                due.stream().map(DecisionStore.Due::id).toList(),
                fresh -> TransactionSamples.judged(fresh, Outcome.APPROVE));
        assertTrue(
                store.due(SHARD, 100).stream()
                        .noneMatch(d -> d.received().tenant().equals(tenant)));
        assertEquals(store.due(SHARD, 1).isEmpty(), !store.waiting().contains(SHARD));
        assertEquals(Set.of(), await(queue.add(List.of(one), SHARD)));
    }

    private Checked delivered(ReceivedTransaction accepted, String refusedItem) {
        Refused why = new Refused("/amount", "required", "amount is missing", "Send amount.");
        return new Checked(
                tenant,
                new TreeMap<>(Map.of(0, accepted)),
                new TreeMap<>(Map.of(1, why)),
                List.of(
                        new DeadLetters.Letter(
                                UUID.randomUUID(), Instant.now(), "kafka", why, refusedItem)));
    }

    private Set<String> waiting() {
        return store.due(TransactionShards.of(tenant), 10_000).stream()
                .filter(due -> due.received().tenant().equals(tenant))
                .map(due -> due.received().transaction().id())
                .collect(Collectors.toSet());
    }

    @Test
    void whatABrokerDeliversIsStoredWithItsPositionOrNotAtAll() {
        TimescaleTransactionQueue queue = new TimescaleTransactionQueue(database().workers());
        TimescaleTransactionLetters letters = new TimescaleTransactionLetters(database().tenants());
        BrokerLog positions = database().brokerLog();
        BrokerLog.Partition partition = new BrokerLog.Partition("pay-" + tenant.value(), 0);
        await(positions.claim("g", Map.of(partition, 7L)));
        Checked first = delivered(payment(tenant, "k1", 0), "{}");
        BrokerLog.Move move = new BrokerLog.Move(partition, 7, 9);
        await(queue.deliver(first, "g", List.of(move)));
        assertEquals(Set.of("k1"), waiting());
        assertEquals(Map.of(partition, 9L), await(positions.claim("g", Map.of(partition, 0L))));
        assertEquals(1, await(letters.list(tenant, Optional.empty(), 10)).size());

        // One that was away while another read on: neither its sound item nor its bad one is kept.
        Checked second = delivered(payment(tenant, "k2", 0), "{\"x\":1}");
        assertThrows(
                PositionLostException.class,
                () -> await(queue.deliver(second, "g", List.of(move))));
        assertEquals(Set.of("k1"), waiting());
        assertEquals(1, await(letters.list(tenant, Optional.empty(), 10)).size());

        // The same again under its own position changes nothing but the position.
        Checked again = delivered(payment(tenant, "k1", 0), "{}");
        await(queue.deliver(again, "g", List.of(new BrokerLog.Move(partition, 9, 11))));
        assertEquals(Set.of("k1"), waiting());
    }

    @Test
    void replayGivesTheOrderOfDecisionsAfterTheSnapshot() {
        ShardLease lease = lease("a");
        long seq = lease.seq();
        store.decide(
                lease,
                seq,
                List.of(payment(tenant, "r1", 9), payment(tenant, "r2", 0)),
                List.of(),
                fresh -> TransactionSamples.judged(fresh, Outcome.APPROVE, "4"));
        keep(tenant, seq + 2, 1, 2, 3);
        decide(lease, seq + 2, payment(tenant, "r3", 5), payment(tenant, "r4", 1));
        DecisionStore.Snapshot snapshot = store.snapshot(tenant).orElseThrow();
        assertEquals(seq + 2, snapshot.seq());
        assertArrayEquals(new byte[] {1, 2, 3}, joined(snapshot.state()));
        List<DecisionStore.Replayed> after = store.replay(tenant, snapshot.seq(), 10);
        assertEquals(
                List.of(payment(tenant, "r3", 5), payment(tenant, "r4", 1)),
                after.stream().map(DecisionStore.Replayed::received).toList());
        assertEquals(
                List.of(OptionalInt.of(4), OptionalInt.of(4), OptionalInt.empty()),
                store.replay(tenant, seq, 3).stream().map(DecisionStore.Replayed::model).toList());
        assertEquals(
                List.of("r1"),
                store.replay(tenant, seq, 1).stream()
                        .map(r -> r.received().transaction().id())
                        .toList());
    }

    @Test
    void snapshotOfManyPartsIsReadBackWholeUntilANewerOneIsWritten() {
        byte[] large = new byte[250_000];
        new Random(5).nextBytes(large);
        List<byte[]> pieces = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            pieces.add(Arrays.copyOfRange(large, 1000 * i, 1000 * i + 5000));
        }
        store.keep(new DecisionStore.Snapshot(tenant, 40, pieces));
        keep(other, 41, 9);
        assertArrayEquals(joined(pieces), state(tenant));

        keep(tenant, 39, 1);
        assertEquals(40, store.snapshot(tenant).orElseThrow().seq());
        assertEquals(40, parts());

        database()
                .execute(
                        "INSERT INTO transaction_snapshot_part VALUES ('%s', 50, 7, 'left')"
                                .formatted(tenant.value()));
        assertArrayEquals(joined(pieces), state(tenant));
        keep(tenant, 50, 2, 3);
        assertArrayEquals(new byte[] {2, 3}, state(tenant));
        assertEquals(1, parts());
        assertArrayEquals(new byte[] {9}, state(other));
    }

    private void keep(TenantId of, long seq, int... state) {
        byte[] bytes = new byte[state.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) state[i];
        }
        store.keep(new DecisionStore.Snapshot(of, seq, List.of(bytes)));
    }

    private byte[] state(TenantId of) {
        return joined(store.snapshot(of).orElseThrow().state());
    }

    private static byte[] joined(List<byte[]> pieces) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        pieces.forEach(joined::writeBytes);
        return joined.toByteArray();
    }

    private int parts() {
        return database()
                .workers()
                .await(connection -> {
                    try (PreparedStatement statement =
                            connection.prepareStatement(
                                    "SELECT count(*) FROM transaction_snapshot_part"
                                            + " WHERE tenant_id = ?")) {
                        statement.setString(1, tenant.value());
                        try (ResultSet row = statement.executeQuery()) {
                            row.next();
                            return row.getInt(1);
                        }
                    }
                });
    }

    @Test
    void snapshotOfAVersionThatWroteItAtOnceIsRead() {
        database()
                .execute(
                        "INSERT INTO transaction_snapshot (tenant_id, seq, state) VALUES ('%s', 7, 'abc')"
                                .formatted(tenant.value()));
        DecisionStore.Snapshot old = store.snapshot(tenant).orElseThrow();
        assertEquals(7, old.seq());
        assertArrayEquals(new byte[] {'a', 'b', 'c'}, joined(old.state()));
        keep(tenant, 8, 4);
        assertArrayEquals(new byte[] {4}, state(tenant));
    }

    @Test
    void listFiltersAndPages() {
        ShardLease lease = lease("a");
        decide(
                lease,
                lease.seq(),
                payment(tenant, "l1", 1),
                payment(tenant, "l2", 2),
                payment(tenant, "l3", 2));
        decide(lease, lease.seq() + 3, payment(other, "l4", 3));
        List<StoredTransaction> page =
                await(queries.list(tenant, TransactionQueries.Filter.ANY, Optional.empty(), 2));
        assertEquals(List.of("l3", "l2"), ids(page));
        StoredTransaction last = page.getLast();
        assertEquals(
                List.of("l1"),
                ids(
                        await(
                                queries.list(
                                        tenant,
                                        TransactionQueries.Filter.ANY,
                                        Optional.of(
                                                new TransactionQueries.Position(
                                                        last.received().transaction().time(),
                                                        "l2")),
                                        2))));
        TransactionQueries.Filter narrow =
                new TransactionQueries.Filter(
                        Optional.of(NOW.plusSeconds(90)),
                        Optional.of(NOW.plusSeconds(600)),
                        Optional.of("acc-1"),
                        Optional.of("shop"),
                        Optional.of("DE"),
                        Optional.of("pos"),
                        Optional.of(Outcome.REVIEW),
                        0.5);
        assertEquals(
                List.of("l3", "l2"), ids(await(queries.list(tenant, narrow, Optional.empty(), 9))));
        assertEquals(Optional.empty(), await(queries.find(tenant, "l4")));
    }

    private static List<String> ids(List<StoredTransaction> stored) {
        return stored.stream().map(one -> one.received().transaction().id()).toList();
    }

    @Test
    void flaggedTransactionLeavesOneAnomaly() {
        ShardLease lease = lease("a");
        decide(lease, lease.seq(), payment(tenant, "a1", 0));
        List<String> found =
                await(
                        database()
                                .workers()
                                .run(connection ->
                                        connection
                                                .preparedQuery(
                                                        "SELECT explanation FROM anomaly WHERE"
                                                                + " source = 'transaction' AND"
                                                                + " tenant_id = $1")
                                                .execute(Tuple.of(tenant.value()))
                                                .map(rows ->
                                                        Rows.all(rows, row -> row.getString(0)))));
        assertEquals(1, found.size());
        assertTrue(
                found.getFirst().startsWith("Payment a1 of 12.50 EUR by acc-1: review"),
                found.toString());
    }

    @Test
    void schemaVersionsFollowEachOther() {
        SchemaStore schemas = new TimescaleTransactionSchemas(database().tenants());
        assertEquals(Optional.empty(), await(schemas.current(tenant)));
        TreeMap<String, FieldRule> attributes = new TreeMap<>();
        attributes.put("device", FieldRule.of(FieldRule.Type.STRING, true));
        attributes.put(
                "risk",
                new FieldRule(
                        FieldRule.Type.NUMBER,
                        false,
                        Collections.emptySortedSet(),
                        OptionalDouble.of(0),
                        OptionalDouble.empty()));
        TreeMap<String, FieldRule> fields = new TreeMap<>();
        fields.put(
                "channel",
                new FieldRule(
                        FieldRule.Type.STRING,
                        true,
                        new TreeSet<>(Set.of("pos", "online")),
                        OptionalDouble.empty(),
                        OptionalDouble.empty()));
        TransactionSchema schema = new TransactionSchema(0, fields, attributes, false);
        assertEquals(
                schema.as(1),
                await(schemas.put(tenant, schema, 0, "ann", NOW)).orElseThrow().schema());
        assertEquals(Optional.empty(), await(schemas.put(tenant, schema, 0, "bob", NOW)));
        assertTrue(await(schemas.put(tenant, TransactionSchema.OPEN, 1, "bob", NOW)).isPresent());
        List<SchemaStore.Stored> all = await(schemas.versions(tenant));
        assertEquals(
                List.of(TransactionSchema.OPEN.as(2), schema.as(1)),
                all.stream().map(SchemaStore.Stored::schema).toList());
        assertEquals(List.of(), await(schemas.versions(other)));
    }

    @Test
    void ruleGoesFromDraftToPublishedAndKeepsItsPast() {
        RuleStore rules = new TimescaleRuleStore(database().tenants());
        assertInstanceOf(
                RuleStore.Outcome.Missing.class, await(rules.publish(tenant, "big", "ann", NOW)));
        await(rules.draft(tenant, rule("big", "amount > 1"), "ann", NOW));
        await(rules.draft(tenant, rule("big", "amount > 2"), "ann", NOW));
        assertEquals(List.of(), await(rules.published(tenant)));
        RuleStore.Outcome published = await(rules.publish(tenant, "big", "bob", NOW));
        RuleVersion first = assertInstanceOf(RuleStore.Outcome.Stored.class, published).version();
        assertEquals(1, first.version());
        assertEquals("amount > 2", first.rule().expression());
        await(rules.draft(tenant, rule("big", "amount > 3"), "ann", NOW));
        assertEquals(List.of(first), await(rules.published(tenant)));
        assertEquals(2, await(rules.list(tenant, Optional.empty(), 10)).getFirst().version());
        await(rules.publish(tenant, "big", "bob", NOW));
        assertEquals(
                List.of(RuleVersion.State.PUBLISHED, RuleVersion.State.REPLACED),
                await(rules.versions(tenant, "big")).stream().map(RuleVersion::state).toList());
        assertEquals(List.of(), await(rules.published(other)));
        assertEquals(false, await(rules.delete(other, "big")));
        assertEquals(true, await(rules.delete(tenant, "big")));
        assertEquals(List.of(), await(rules.versions(tenant, "big")));
    }

    private static Rule rule(String name, String expression) {
        return new Rule(name, "too big", expression, RuleMode.ENABLED, new RuleEffect.Score(0.9));
    }

    @Test
    void refusedItemsAreKeptWhateverTheyHold() {
        DeadLetters letters = new TimescaleTransactionLetters(database().tenants());
        Refused why = new Refused("/amo\0unt", "wrong_type", "it is \ud800", "Send it.");
        DeadLetters.Letter letter =
                new DeadLetters.Letter(UUID.randomUUID(), NOW, "http", why, "{\"a\0\":1}");
        await(letters.keep(tenant, List.of(letter)));
        DeadLetters.Letter kept = await(letters.list(tenant, Optional.empty(), 5)).getFirst();
        assertEquals(letter.id(), kept.id());
        assertEquals("{\"a\ufffd\":1}", kept.item());
        assertEquals(
                List.of(),
                await(
                        letters.list(
                                tenant,
                                Optional.of(new DeadLetters.Position(NOW, letter.id())),
                                5)));
        assertEquals(List.of(), await(letters.list(other, Optional.empty(), 5)));
    }
}

package dev.vedette.transaction.scoring;

import dev.vedette.ingestion.StorageUnavailableException;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.ReceivedTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** One shard's storage in memory, which fails when it is told to. */
final class InMemoryDecisionStore implements DecisionStore {
    /** When a commit fails. */
    enum Fault {
        NONE,
        BEFORE,
        /** It is stored, and the caller is told that it is not. */
        AFTER
    }

    final List<JudgedTransaction> decided = new ArrayList<>();
    private final List<Replayed> log = new ArrayList<>();
    private final Map<TenantId, Snapshot> snapshots = new ConcurrentHashMap<>();
    private final Set<ReceivedTransaction.Key> keys = new HashSet<>();
    private int looks;
    private final Map<Long, ReceivedTransaction> waiting = new LinkedHashMap<>();
    private String owner = "";
    private long epoch;
    private long seq;
    private long nextId;
    Fault fault = Fault.NONE;

    /** Snapshots are kept once it is open, which it is unless a test has put another. */
    volatile CountDownLatch disk = new CountDownLatch(0);

    /** How many transactions were read again. */
    int replayed;

    /** How often it was asked what waits. */
    int looks() {
        return looks;
    }

    /** Puts a transaction into the queue, as another process would. */
    void enqueue(ReceivedTransaction transaction) {
        waiting.put(nextId++, transaction);
    }

    /** Lets the lease of whoever holds it expire. */
    void expire() {
        owner = "";
    }

    @Override
    public Optional<ShardLease> acquire(int shard, String by, Duration ttl) {
        if (!owner.isEmpty() && !owner.equals(by)) {
            return Optional.empty();
        }
        if (!owner.equals(by)) {
            owner = by;
            epoch++;
        }
        return Optional.of(new ShardLease(shard, by, epoch, seq));
    }

    @Override
    public boolean renew(ShardLease lease, Duration ttl) {
        return holds(lease);
    }

    private boolean holds(ShardLease lease) {
        return owner.equals(lease.owner()) && epoch == lease.epoch();
    }

    @Override
    public void release(ShardLease lease) {
        if (holds(lease)) {
            owner = "";
        }
    }

    @Override
    public int workers() {
        return 1;
    }

    @Override
    public Set<Integer> waiting() {
        looks++;
        return waiting.isEmpty() ? Set.of() : Set.of(0);
    }

    @Override
    public List<Due> due(int shard, int most) {
        return waiting.entrySet().stream()
                .limit(most)
                .map(one -> new Due(one.getKey(), one.getValue()))
                .toList();
    }

    @Override
    public Optional<Snapshot> snapshot(TenantId tenant) {
        return Optional.ofNullable(snapshots.get(tenant));
    }

    @Override
    public void keep(Snapshot snapshot) {
        try {
            disk.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        snapshots.merge(
                snapshot.tenant(), snapshot, (old, now) -> old.seq() < now.seq() ? now : old);
    }

    @Override
    public List<Replayed> replay(TenantId tenant, long afterSeq, int most) {
        List<Replayed> found =
                log.stream()
                        .filter(one -> one.received().tenant().equals(tenant))
                        .filter(one -> one.seq() > afterSeq)
                        .limit(most)
                        .toList();
        replayed += found.size();
        return found;
    }

    @Override
    public List<JudgedTransaction> decide(
            ShardLease lease,
            long last,
            List<ReceivedTransaction> asked,
            List<Long> due,
            Function<List<ReceivedTransaction>, List<JudgedTransaction>> judging) {
        if (!holds(lease) || seq != last) {
            throw new ShardLostException(lease);
        }
        Map<ReceivedTransaction.Key, ReceivedTransaction> fresh = new LinkedHashMap<>();
        asked.stream()
                .filter(one -> !keys.contains(one.key()))
                .forEach(one -> fresh.putIfAbsent(one.key(), one));
        List<JudgedTransaction> judged = judging.apply(List.copyOf(fresh.values()));
        Fault now = fault;
        fault = Fault.NONE;
        if (now == Fault.BEFORE) {
            throw new StorageUnavailableException("gone", new IllegalStateException());
        }
        for (JudgedTransaction one : judged) {
            keys.add(one.received().key());
            decided.add(one);
            String model = one.decision().versions().get("model");
            log.add(
                    new Replayed(
                            ++seq,
                            one.received(),
                            model == null
                                    ? OptionalInt.empty()
                                    : OptionalInt.of(Integer.parseInt(model))));
        }
        due.forEach(waiting::remove);
        if (now == Fault.AFTER) {
            throw new StorageUnavailableException("no answer", new IllegalStateException());
        }
        return judged;
    }
}

package dev.vedette.transaction.scoring;

import dev.vedette.detection.engine.CorruptSnapshotException;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.ReceivedTransaction;
import dev.vedette.transaction.Transaction;
import dev.vedette.transaction.decision.DecisionModel;
import dev.vedette.transaction.decision.RecentStrangeness;
import dev.vedette.transaction.feature.FeatureEngine;
import dev.vedette.transaction.feature.FeatureSet;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a tenant's accounts, merchants and so on. Follows from its decided transactions
 * in the order of their decisions: a snapshot and the transactions after it give the same state as
 * all of them, and each was strange to the model that decided it. Not thread-safe.
 */
final class TenantState {
    private static final Logger LOG = Logger.getLogger(TenantState.class);
    private static final int AT_ONCE = 2_000;

    /** Decisions between snapshots, for each remembered account: a snapshot costs them all. */
    private static final int SHARE = 2;

    private static final int LEAST_DECISIONS = 500;

    /** Bytes of a slice where a name has few: it takes its time for names, not for bytes. */
    private static final int SMALL_SLICE = 32 * 1024;

    private final TenantId tenant;
    private final FeatureEngine features;
    private final HomeCountries homes;
    private final RecentStrangeness recent;
    private int decisions;
    private Instant takenAt;

    private TenantState(
            TenantId tenant,
            FeatureEngine features,
            HomeCountries homes,
            RecentStrangeness recent,
            Instant takenAt) {
        this.tenant = tenant;
        this.features = features;
        this.homes = homes;
        this.recent = recent;
        this.takenAt = takenAt;
    }

    /**
     * What the stored transactions tell; reads all that came after the last snapshot.
     *
     * @param models the tenant's by version; empty for one that cannot be read any more
     */
    static TenantState rebuild(
            DecisionStore store,
            TenantId tenant,
            FeatureSet set,
            IntFunction<Optional<DecisionModel>> models,
            Instant now) {
        Optional<DecisionStore.Snapshot> snapshot = store.snapshot(tenant);
        TenantState restored = snapshot.map(stored -> restore(stored, set, now)).orElse(null);
        long after = restored == null ? 0 : snapshot.orElseThrow().seq();
        TenantState state = restored == null ? fresh(tenant, set, now) : restored;
        Map<Integer, Optional<DecisionModel>> read = new HashMap<>();
        List<DecisionStore.Replayed> rows;
        do {
            rows = store.replay(tenant, after, AT_ONCE);
            for (DecisionStore.Replayed row : rows) {
                OptionalInt by = row.model();
                state.replay(
                        row.received(),
                        by.isEmpty()
                                ? Optional.empty()
                                : read.computeIfAbsent(by.getAsInt(), models::apply));
                after = row.seq();
            }
        } while (rows.size() == AT_ONCE);
        return state;
    }

    private static TenantState fresh(TenantId tenant, FeatureSet set, Instant now) {
        return new TenantState(
                tenant,
                new FeatureEngine(set),
                new HomeCountries(),
                new RecentStrangeness(set.judgedEntities()),
                now);
    }

    private static @Nullable TenantState restore(
            DecisionStore.Snapshot snapshot, FeatureSet set, Instant now) {
        SnapshotPieces.Reader in = new SnapshotPieces.Reader(snapshot.state());
        try {
            return new TenantState(
                    snapshot.tenant(),
                    FeatureEngine.restore(set, in::block),
                    HomeCountries.restore(in.block()),
                    RecentStrangeness.restore(set.judgedEntities(), in.block()),
                    now);
        } catch (IOException | CorruptSnapshotException e) {
            LOG.warnf("snapshot unreadable, replaying all tenant=%s: %s", snapshot.tenant(), e);
            return null;
        }
    }

    private void replay(ReceivedTransaction received, Optional<DecisionModel> by) {
        double[] row = update(received);
        by.ifPresent(model -> model.remember(received.transaction(), row, recent));
    }

    /** The features of a transaction; it is known from then on. */
    double[] update(ReceivedTransaction received) {
        Transaction transaction = received.transaction();
        decisions++;
        double[] row = features.update(transaction);
        homes.add(transaction.account(), transaction.country());
        return row;
    }

    /** Home of the account before this transaction; null while it is not known. */
    @Nullable String home(ReceivedTransaction received) {
        return homes.of(received.transaction().account());
    }

    /** Whose it is. */
    TenantId tenant() {
        return tenant;
    }

    /** What is computed of each transaction. */
    FeatureSet features() {
        return features.features();
    }

    /** What was strange lately. */
    RecentStrangeness recent() {
        return recent;
    }

    /** Whether it is time to keep what is known. */
    boolean isSnapshotDue(Duration interval, Instant now) {
        return decisions >= Math.max(LEAST_DECISIONS, features.known("account") / SHARE)
                && !now.isBefore(takenAt.plus(interval));
    }

    /** Begins to write everything that is known after that decision, which is the last. */
    TenantSnapshot snapshot(long seq, Instant now) {
        decisions = 0;
        takenAt = now;
        return new TenantSnapshot(
                tenant,
                seq,
                List.of(
                        features.snapshot(SnapshotPieces.BYTES),
                        homes.snapshot(SMALL_SLICE),
                        recent.snapshot(SMALL_SLICE)));
    }
}

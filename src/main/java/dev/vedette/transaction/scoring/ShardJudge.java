package dev.vedette.transaction.scoring;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.Decision;
import dev.vedette.transaction.ReceivedTransaction;
import dev.vedette.transaction.feature.FeatureSet;
import dev.vedette.transaction.rule.Facts;
import dev.vedette.transaction.rule.RuleTrace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Judges the transactions of one shard in their order, each knowing of those before it. A tenant's
 * past is read when its first transaction comes. Not thread-safe.
 */
final class ShardJudge {
    private final DecisionStore store;
    private final Settings settings;
    private final Duration snapshotInterval;
    private final InstantSource clock;
    // bounded by the tenants of the shard
    private final Map<TenantId, TenantState> states = new HashMap<>();

    ShardJudge(
            DecisionStore store,
            Settings settings,
            Duration snapshotInterval,
            InstantSource clock) {
        this.store = store;
        this.settings = settings;
        this.snapshotInterval = snapshotInterval;
        this.clock = clock;
    }

    /** Judges transactions; all that were judged before are stored. */
    List<JudgedTransaction> judge(List<ReceivedTransaction> transactions) {
        List<JudgedTransaction> judged = new ArrayList<>(transactions.size());
        // One change of features for all: a state is rebuilt from what is stored, and these are
        // not.
        Map<TenantId, JudgingSettings> by = new HashMap<>();
        for (ReceivedTransaction one : transactions) {
            judged.add(judge(one, by.computeIfAbsent(one.tenant(), settings::of)));
        }
        return judged;
    }

    /** A tenant of whom it is time to keep what is known. */
    Optional<TenantState> snapshotDue() {
        Instant now = clock.instant();
        for (TenantState state : states.values()) {
            if (state.isSnapshotDue(snapshotInterval, now)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }

    /** Whether the next transaction of that tenant is judged by that state. */
    boolean goesOnWith(TenantState state) {
        return states.get(state.tenant()) == state;
    }

    private JudgedTransaction judge(ReceivedTransaction received, JudgingSettings by) {
        FeatureSet features = by.features().set();
        TenantState state =
                states.compute(
                        received.tenant(),
                        (tenant, known) ->
                                known != null && known.features().equals(features)
                                        ? known
                                        : rebuilt(tenant, features));
        String home = state.home(received);
        double[] row = state.update(received);
        SortedMap<String, Double> named = named(row, features);
        Facts facts = FactSheet.of(received, by.schema(), named).text(FactSheet.HOME_COUNTRY, home);
        List<RuleTrace> traces = by.rules().judge(facts);
        Decision decision = Fusion.decide(received, row, traces, state.recent(), by);
        return new JudgedTransaction(received, decision, named, traces, clock.instant());
    }

    private TenantState rebuilt(TenantId tenant, FeatureSet features) {
        return TenantState.rebuild(
                store,
                tenant,
                features,
                version -> settings.model(tenant, version, features),
                clock.instant());
    }

    private static SortedMap<String, Double> named(double[] row, FeatureSet features) {
        SortedMap<String, Double> named = new TreeMap<>();
        for (int i = 0; i < row.length; i++) {
            named.put(features.specs().get(i).name(), row[i]);
        }
        return named;
    }
}

package dev.vedette.transaction.scoring;

import dev.vedette.transaction.Decision;
import dev.vedette.transaction.ReceivedTransaction;
import dev.vedette.transaction.rule.RuleTrace;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Judges the transactions of one shard in their order. What it knows of accounts follows from the
 * transactions it was given, in that order, and from nothing else. Not thread-safe.
 */
final class ShardJudge {
    private final Settings settings;
    private final InstantSource clock;

    ShardJudge(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Judges transactions, each knowing of those before it. */
    List<JudgedTransaction> judge(List<ReceivedTransaction> transactions) {
        List<JudgedTransaction> judged = new ArrayList<>(transactions.size());
        for (ReceivedTransaction one : transactions) {
            judged.add(judge(one));
        }
        return judged;
    }

    /** What is known of tenants of whom it is time to store it, after that decision. */
    List<DecisionStore.Snapshot> snapshotsDue(long seq) {
        return List.of();
    }

    private JudgedTransaction judge(ReceivedTransaction received) {
        JudgingSettings by = settings.of(received.tenant());
        List<RuleTrace> traces = by.rules().judge(FactSheet.of(received, by.schema(), Map.of()));
        SortedMap<String, String> versions = new TreeMap<>();
        versions.put("schema", Integer.toString(received.schemaVersion()));
        Decision decision = RuleDecision.of(traces, versions);
        return new JudgedTransaction(received, decision, new TreeMap<>(), traces, clock.instant());
    }
}

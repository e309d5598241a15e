package dev.vedette.aggregation;

import dev.vedette.detection.InMemoryShardStore;
import dev.vedette.detection.ScoreBucket;
import dev.vedette.tenant.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Roll-ups, in memory, for tests: of the buckets a store in memory holds. A bucket is due when its
 * scores are not those that were rolled up last. For one thread.
 */
public final class InMemoryRollupStore implements RollupStore {
    private record Key(TenantId tenant, Instant bucket) {}

    private record RowKey(TenantId tenant, Instant bucket, ScorePlace place) {}

    private final InMemoryShardStore store;
    private final Map<Key, Due> done = new HashMap<>();
    private final Map<RowKey, Row> rows = new LinkedHashMap<>();

    /** Reading the buckets of that store. */
    public InMemoryRollupStore(InMemoryShardStore store) {
        this.store = store;
    }

    @Override
    public int rollUpDue(int most, Function<List<Due>, List<Row>> rollUp) {
        List<Due> due =
                stored().stream()
                        .filter(one -> !one.equals(done.get(key(one))))
                        .sorted(Comparator.comparing(Due::bucket).reversed())
                        .limit(most)
                        .toList();
        if (!due.isEmpty()) {
            for (Row row : rollUp.apply(due)) {
                rows.put(new RowKey(row.tenant(), row.bucket(), row.place()), row);
            }
            due.forEach(one -> done.put(key(one), one));
        }
        return due.size();
    }

    private List<Due> stored() {
        Map<Key, List<ScoreBucket>> nodes = new LinkedHashMap<>();
        store.buckets.values().stream()
                .sorted(
                        Comparator.comparing(ScoreBucket::clusterId)
                                .thenComparing(ScoreBucket::nodeId))
                .forEach(node ->
                        nodes.computeIfAbsent(
                                        new Key(node.tenant(), node.bucket()),
                                        _ -> new ArrayList<>())
                                .add(node));
        List<Due> stored = new ArrayList<>();
        nodes.forEach((key, of) ->
                stored.add(new Due(key.tenant(), key.bucket(), of, List.of(), List.of())));
        return stored;
    }

    private static Key key(Due due) {
        return new Key(due.tenant(), due.bucket());
    }

    /** The tenant's rows. */
    List<Row> ofTenant(TenantId tenant) {
        return rows.values().stream().filter(row -> row.tenant().equals(tenant)).toList();
    }
}

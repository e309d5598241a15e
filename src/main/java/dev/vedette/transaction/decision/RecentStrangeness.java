package dev.vedette.transaction.decision;

import dev.vedette.transaction.Transaction;
import dev.vedette.transaction.model.ModelReader;
import dev.vedette.transaction.model.ModelWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How strange the last transactions of an account, a merchant and so on were: fraud comes in runs,
 * and a strange transaction after others is stranger than it is alone. What of an entity's
 * transactions is rarer than one in a hundred is summed, and halves every {@value #HALF_LIFE_HOURS}
 * hours.
 *
 * <p>Part of the state that a replay rebuilds: the same transactions and models in the same order
 * give the same numbers, also when {@link #snapshot} was restored in between. At most {@value
 * #MOST} entities that were strange lately are remembered, the one not seen for longest gives way.
 * Not thread-safe.
 */
public final class RecentStrangeness {
    private static final String OWNER = "recent-strangeness";
    private static final int MOST = 100_000;
    private static final int HALF_LIFE_HOURS = 6;
    private static final double HALF_LIFE_MILLIS = HALF_LIFE_HOURS * 3_600_000.0;

    /** One transaction in a hundred. */
    private static final double ORDINARY = 2;

    private static final double FORGOTTEN = 1e-3;

    private final List<String> entities;
    private final LinkedHashMap<String, Warmth> warm = LinkedHashMap.newLinkedHashMap(16);

    private record Warmth(double level, long millis) {
        double at(long now) {
            return level * Math.pow(0.5, Math.max(0, now - millis) / HALF_LIFE_MILLIS);
        }
    }

    /**
     * Nothing was strange yet.
     *
     * @param entities fields whose values name what is remembered
     */
    public RecentStrangeness(List<String> entities) {
        this.entities = List.copyOf(entities);
    }

    /** Sum over the transaction's entities of the logarithm of 1 and how strange they were. */
    double of(Transaction transaction) {
        double sum = 0;
        for (String entity : entities) {
            sum += Math.log1p(of(transaction, entity));
        }
        return sum;
    }

    private double of(Transaction transaction, String entity) {
        Warmth found =
                transaction.text(entity).map(name -> warm.get(key(entity, name))).orElse(null);
        return found == null ? 0 : found.at(transaction.time().toEpochMilli());
    }

    /** Remembers how rare a transaction was. */
    void add(Transaction transaction, double rarity) {
        long now = transaction.time().toEpochMilli();
        for (String entity : entities) {
            String name = transaction.text(entity).orElse("");
            Warmth before = name.isEmpty() ? null : warm.remove(key(entity, name));
            double level = (before == null ? 0 : before.at(now)) + Math.max(0, rarity - ORDINARY);
            if (!name.isEmpty() && level > FORGOTTEN) {
                long last = before == null ? now : Math.max(now, before.millis());
                warm.put(key(entity, name), new Warmth(level, last));
            }
        }
        while (warm.size() > MOST) {
            warm.remove(warm.firstEntry().getKey());
        }
    }

    private static String key(String entity, String name) {
        return entity + '\n' + name;
    }

    /** Everything that is remembered. */
    public byte[] snapshot() {
        ModelWriter out = new ModelWriter().number(warm.size());
        for (Map.Entry<String, Warmth> one : warm.entrySet()) {
            out.text(one.getKey()).number(one.getValue().level()).number(one.getValue().millis());
        }
        return out.seal(OWNER);
    }

    /**
     * What {@link #snapshot} gave.
     *
     * @throws dev.vedette.detection.engine.CorruptSnapshotException when the bytes are cut off,
     *     damaged or of another version
     */
    public static RecentStrangeness restore(List<String> entities, byte[] snapshot) {
        ModelReader in = ModelReader.open(OWNER, snapshot);
        RecentStrangeness restored = new RecentStrangeness(entities);
        int count = in.number(0, MOST);
        for (int i = 0; i < count; i++) {
            restored.warm.put(in.text(), new Warmth(in.number(), in.longNumber()));
        }
        in.end();
        return restored;
    }
}

package dev.vedette.transaction.decision;

import dev.vedette.transaction.Transaction;
import dev.vedette.transaction.feature.LastSeen;
import dev.vedette.transaction.feature.Slices;
import dev.vedette.transaction.model.ModelReader;
import dev.vedette.transaction.model.ModelWriter;
import java.util.List;

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
    private final LastSeen<Warmth> warm = new LastSeen<>(Warmth::write);

    private record Warmth(double level, long millis) {
        double at(long now) {
            return level * Math.pow(0.5, Math.max(0, now - millis) / HALF_LIFE_MILLIS);
        }

        void write(ModelWriter out) {
            out.number(level).number(millis);
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
                transaction.text(entity).map(name -> warm.find(key(entity, name))).orElse(null);
        return found == null ? 0 : found.at(transaction.time().toEpochMilli());
    }

    /** Remembers how rare a transaction was. */
    void add(Transaction transaction, double rarity) {
        long now = transaction.time().toEpochMilli();
        for (String entity : entities) {
            String name = transaction.text(entity).orElse("");
            if (!name.isEmpty()) {
                add(key(entity, name), now, rarity);
            }
        }
        while (warm.size() > MOST) {
            warm.removeOldest();
        }
    }

    private void add(String key, long now, double rarity) {
        Warmth before = warm.find(key);
        double level = (before == null ? 0 : before.at(now)) + Math.max(0, rarity - ORDINARY);
        if (level > FORGOTTEN) {
            long last = before == null ? now : Math.max(now, before.millis());
            warm.put(key, new Warmth(level, last));
        } else {
            warm.remove(key);
        }
    }

    private static String key(String entity, String name) {
        return entity + '\n' + name;
    }

    /**
     * Begins to write everything that is remembered now, into one block.
     *
     * @param slice bytes of one, about
     */
    public Slices snapshot(int slice) {
        return warm.block(slice, all -> all.seal(OWNER));
    }

    /**
     * What {@link #snapshot} wrote.
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

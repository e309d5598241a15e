package dev.vedette.transaction.feature;

import dev.vedette.detection.engine.SnapshotEnvelope;
import dev.vedette.transaction.Transaction;
import dev.vedette.transaction.model.ModelReader;
import dev.vedette.transaction.model.ModelWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Computes the declared features of each transaction, and remembers it for the next ones. The same
 * transactions in the same order give the same numbers, bit for bit, also when a {@link #snapshot}
 * was restored in between: state may be rebuilt by replay.
 *
 * <p>A transaction older than one of its entity before it is taken as of that one's time. Cost of a
 * transaction: O(features), plus at most 128 steps for each entity it belongs to; it does not grow
 * with history. Memory: at most a million entities of each kind, 0.6 KB for a quiet one and at most
 * about 7 KB, and 5 KB for each other field whose values are counted. Not thread-safe.
 */
public final class FeatureEngine {
    private static final String HEAD = "features-head";
    private static final String PAGE = "features-page";

    /** Owner of snapshots in one block, as they were written until November 2026. */
    private static final String WHOLE = "features";

    private static final double NEVER_SECONDS = FeatureWindow.MONTH.length().toSeconds();

    private static final double MOST_VALUE = 1e100;

    private final FeatureSet set;
    private final List<EntityKind> kinds = new ArrayList<>();

    /** Of each feature: its kind of entity and its other field there, or -1. */
    private final int[] kindOf;

    private final int[] otherOf;
    private final List<EntityWork> work = new ArrayList<>();

    /** Knows nobody yet. */
    public FeatureEngine(FeatureSet set) {
        this.set = set;
        kindOf = new int[set.size()];
        otherOf = new int[set.size()];
        for (String entity : entities()) {
            kinds.add(new EntityKind(entity, others(entity)));
            work.add(new EntityWork(kinds.getLast()));
        }
        for (int i = 0; i < kindOf.length; i++) {
            FeatureSpec spec = set.specs().get(i);
            kindOf[i] = place(entities(), spec.entity());
            otherOf[i] = kindOf[i] < 0 ? -1 : place(kinds.get(kindOf[i]).others, spec.of());
        }
    }

    private static int place(List<String> all, @Nullable String one) {
        return one == null ? -1 : all.indexOf(one);
    }

    private List<String> entities() {
        return set.specs().stream()
                .map(FeatureSpec::entity)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private List<String> others(String entity) {
        return set.specs().stream()
                .filter(spec -> entity.equals(spec.entity()))
                .map(FeatureSpec::of)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** What is computed. */
    public FeatureSet features() {
        return set;
    }

    /**
     * Computes the features, then remembers the transaction.
     *
     * @return a new row, one number per feature in the order of the set, none beyond 10¹⁰⁰
     */
    public double[] update(Transaction transaction) {
        ZonedDateTime time =
                Instant.ofEpochMilli(transaction.time().toEpochMilli()).atZone(ZoneOffset.UTC);
        for (EntityWork one : work) {
            one.begin(transaction, time);
        }
        double[] row = new double[set.size()];
        for (int i = 0; i < row.length; i++) {
            FeatureSpec spec = set.specs().get(i);
            double value =
                    switch (spec.function()) {
                        case AMOUNT -> transaction.amount();
                        case HOUR_OF_DAY -> time.getHour();
                        case DAY_OF_WEEK -> time.getDayOfWeek().getValue();
                        default -> work.get(kindOf[i]).value(spec, otherOf[i], NEVER_SECONDS);
                    };
            // amounts near the largest number there is overflow in sums of squares and ratios
            row[i] = Double.isNaN(value) ? 0 : Math.clamp(value, -MOST_VALUE, MOST_VALUE);
        }
        for (EntityWork one : work) {
            one.learn();
        }
        return row;
    }

    /** How many entities that a field names are remembered. */
    public int known(String entity) {
        return kinds.stream()
                .filter(kind -> kind.field.equals(entity))
                .mapToInt(EntityKind::size)
                .sum();
    }

    /**
     * Begins to write everything that is remembered now, in blocks: what is known of all entities,
     * then the entities. There may be more of them than one array holds. One at a time: it is to be
     * written out, or dropped, before another is begun.
     *
     * @param page bytes of a block of entities, which is a slice, about
     */
    public Slices snapshot(int page) {
        ModelWriter head = new ModelWriter().number(set.fingerprint());
        kinds.forEach(kind -> kind.write(head));
        Deque<byte[]> written = new ArrayDeque<>(List.of(head.seal(HEAD)));
        List<LastSeen<EntityHistory>.Pages> pages =
                kinds.stream().map(kind -> kind.pages(page)).toList();
        return new Slices() {
            @Override
            public boolean write() {
                for (LastSeen<EntityHistory>.Pages ofKind : pages) {
                    ModelWriter next = ofKind.next();
                    if (next != null) {
                        return written.add(next.seal(PAGE));
                    }
                }
                return false;
            }

            @Override
            public void drain(Consumer<byte[]> blocks) {
                while (!written.isEmpty()) {
                    blocks.accept(written.remove());
                }
            }
        };
    }

    /**
     * An engine that goes on where a snapshot was taken.
     *
     * @param blocks gives those of the snapshot in their order; asked for no more than it has
     * @throws dev.vedette.detection.engine.CorruptSnapshotException when a block is cut off,
     *     damaged, or of other features
     */
    public static FeatureEngine restore(FeatureSet set, Supplier<byte[]> blocks) {
        byte[] first = blocks.get();
        boolean isWhole = SnapshotEnvelope.isOf(WHOLE, first);
        ModelReader in = ModelReader.open(isWhole ? WHOLE : HEAD, first);
        if (in.longNumber() != set.fingerprint()) {
            throw in.corrupt("the snapshot is of other features");
        }
        FeatureEngine engine = new FeatureEngine(set);
        int[] wanted = new int[engine.kinds.size()];
        for (int k = 0; k < wanted.length; k++) {
            wanted[k] = engine.kinds.get(k).read(in);
            for (int i = 0; isWhole && i < wanted[k]; i++) {
                engine.kinds.get(k).readEntity(in);
            }
        }
        in.end();
        for (int k = 0; k < wanted.length; k++) {
            read(engine.kinds.get(k), wanted[k], blocks);
        }
        return engine;
    }

    private static void read(EntityKind kind, int wanted, Supplier<byte[]> blocks) {
        while (kind.size() < wanted) {
            ModelReader page = ModelReader.open(PAGE, blocks.get());
            while (page.hasMore()) {
                kind.readEntity(page);
            }
            if (kind.size() > wanted) {
                throw page.corrupt(kind.size() + " entities, not " + wanted);
            }
        }
    }
}

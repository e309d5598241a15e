package dev.vedette.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Values by the number of a series: open addressing with linear probing over two flat arrays, at
 * most two thirds full, so that a million entries cost some twenty bytes each and no objects. Not
 * thread-safe.
 */
public final class SeriesTable<V> {
    private static final int FEWEST = 16;

    private long[] ids = new long[FEWEST];
    private @Nullable Object[] values = new Object[FEWEST];
    private int size;

    /** How many entries. */
    public int size() {
        return size;
    }

    /** The value of that series; null when it has none. */
    public @Nullable V get(long id) {
        return value(slot(id));
    }

    @SuppressWarnings("unchecked") // only values of V are put in
    private @Nullable V value(int slot) {
        return (V) values[slot];
    }

    /**
     * Gives a series its value, in place of the one it had.
     *
     * @param id above 0
     */
    public void put(long id, V value) {
        if (id <= 0) {
            throw new IllegalArgumentException("series id must be above 0, is " + id);
        }
        int slot = slot(id);
        if (values[slot] == null) {
            size++;
            ids[slot] = id;
        }
        values[slot] = value;
        if (3 * size > 2 * ids.length) {
            rebuild(2 * ids.length);
        }
    }

    /** Takes a series out. */
    public void remove(long id) {
        int slot = slot(id);
        if (values[slot] == null) {
            return;
        }
        size--;
        values[slot] = null;
        // what stands behind may have gone round the place that is empty now
        int mask = ids.length - 1;
        for (int at = slot + 1 & mask; values[at] != null; at = at + 1 & mask) {
            Object moved = values[at];
            values[at] = null;
            int place = slot(ids[at]);
            ids[place] = ids[at];
            values[place] = moved;
        }
    }

    /** Takes out everything of which that is true. */
    public void removeIf(Predicate<V> isOver) {
        int kept = 0;
        for (int i = 0; i < ids.length; i++) {
            V value = value(i);
            if (value != null && isOver.test(value)) {
                values[i] = null;
            }
            kept += values[i] == null ? 0 : 1;
        }
        size = kept;
        rebuild(ids.length);
    }

    /** All values, by ascending number of their series. */
    public List<V> values() {
        long[] sorted = new long[size];
        int at = 0;
        for (int i = 0; i < ids.length; i++) {
            if (values[i] != null) {
                sorted[at++] = ids[i];
            }
        }
        Arrays.sort(sorted);
        List<V> all = new ArrayList<>(size);
        for (long id : sorted) {
            V value = get(id);
            if (value != null) {
                all.add(value);
            }
        }
        return all;
    }

    private void rebuild(int capacity) {
        long[] oldIds = ids;
        @Nullable Object[] oldValues = values;
        ids = new long[capacity];
        values = new Object[capacity];
        for (int i = 0; i < oldIds.length; i++) {
            if (oldValues[i] != null) {
                int slot = slot(oldIds[i]);
                ids[slot] = oldIds[i];
                values[slot] = oldValues[i];
            }
        }
    }

    /** Where that series stands, or would. */
    private int slot(long id) {
        int mask = ids.length - 1;
        // Numbers come in runs: multiplied by the golden ratio they spread (Knuth, TAOCP 3, 6.4).
        int slot = (int) ((id * 0x9e3779b97f4a7c15L) >>> 32) & mask;
        while (values[slot] != null && ids[slot] != id) {
            slot = slot + 1 & mask;
        }
        return slot;
    }
}

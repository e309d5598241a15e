package dev.vedette.transaction.feature;

import dev.vedette.transaction.model.ModelReader;
import dev.vedette.transaction.model.ModelWriter;
import java.util.Arrays;

/**
 * Which values of a field an entity has been seen with, how often, and when last: at most a given
 * number of them, the one not seen for longest gives way. Values are told apart by 64 bits of hash.
 */
final class ValueTable {
    /** Counts are halved when they sum to this: habits of long ago fade. */
    private static final int FADING = 4096;

    private static final int FIRST_SIZE = 4;

    private final int most;
    private long[] values = new long[FIRST_SIZE];
    private long[] last = new long[FIRST_SIZE];
    private int[] counts = new int[FIRST_SIZE];
    private int size;
    private int total;

    ValueTable(int most) {
        this.most = most;
    }

    /** How often the value was seen. */
    int count(long value) {
        int at = find(value);
        return at < 0 ? 0 : counts[at];
    }

    /** Sum of all counts. */
    int total() {
        return total;
    }

    /** How many different values were seen since then, besides that one. */
    int distinctSince(long millis, long besides) {
        int found = 0;
        for (int i = 0; i < size; i++) {
            found += last[i] > millis && values[i] != besides ? 1 : 0;
        }
        return found;
    }

    void add(long value, long millis) {
        int at = find(value);
        if (at < 0) {
            at = size < most ? fresh() : oldest();
            total -= counts[at];
            values[at] = value;
            counts[at] = 0;
        }
        last[at] = millis;
        counts[at]++;
        total++;
        if (total >= FADING) {
            fade();
        }
    }

    private int find(long value) {
        for (int i = 0; i < size; i++) {
            if (values[i] == value) {
                return i;
            }
        }
        return -1;
    }

    private int fresh() {
        if (size == values.length) {
            int larger = Math.min(most, 2 * size);
            values = Arrays.copyOf(values, larger);
            last = Arrays.copyOf(last, larger);
            counts = Arrays.copyOf(counts, larger);
        }
        return size++;
    }

    private int oldest() {
        int oldest = 0;
        for (int i = 1; i < size; i++) {
            if (last[i] < last[oldest]) {
                oldest = i;
            }
        }
        return oldest;
    }

    private void fade() {
        total = 0;
        for (int i = 0; i < size; i++) {
            counts[i] = (counts[i] + 1) / 2;
            total += counts[i];
        }
    }

    /** Bits that stand for a text: FNV-1a over its characters, mixed. */
    static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 32)) * 0xd6e8feb86659fd93L;
        return hash ^ (hash >>> 32);
    }

    void write(ModelWriter out) {
        out.number(size);
        for (int i = 0; i < size; i++) {
            out.number(values[i]).number(last[i]).number(counts[i]);
        }
    }

    void read(ModelReader in) {
        size = in.number(0, most);
        int room = Math.max(FIRST_SIZE, size);
        values = new long[room];
        last = new long[room];
        counts = new int[room];
        total = 0;
        for (int i = 0; i < size; i++) {
            values[i] = in.longNumber();
            last[i] = in.longNumber();
            counts[i] = in.number(0, FADING);
            total += counts[i];
        }
    }
}

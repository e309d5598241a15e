package dev.vedette.ingestion;

import dev.vedette.series.SeriesKey;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Identities seen lately, over all tenants and protocols that use it. A sender repeats its series
 * in the same order, so the successor of the series before is tried first: one comparison of bytes,
 * no hash. Otherwise a table of sets of four places, by hash; a set that is full forgets one. Bytes
 * are always compared: a hash alone can join two series.
 *
 * <p>Thread-safe without locks: two threads that add the same identity at once cost a place,
 * nothing else.
 */
public final class SentIdentities {
    private static final int WAYS = 4;
    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT_WORDS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final AtomicReferenceArray<SentIdentity> places;
    private final int setMask;

    /**
     * An empty table.
     *
     * @param most identities kept, about, above 0; rounded up to a power of two
     */
    public SentIdentities(int most) {
        int sets = Math.max(1, Integer.highestOneBit(Math.max(1, most - 1)) * 2 / WAYS);
        places = new AtomicReferenceArray<>(sets * WAYS);
        setMask = sets - 1;
    }

    /**
     * The identity of those bytes.
     *
     * @param owner whose and in which mapping; compared by identity
     * @param before the identity before it in the request; null for the first
     * @return null when it is not known here
     */
    public @Nullable SentIdentity find(
            SenderMapping owner, @Nullable SentIdentity before, byte[] bytes, int from, int to) {
        if (before != null) {
            SentIdentity predicted = before.next();
            if (predicted != null && predicted.is(owner, bytes, from, to)) {
                return predicted;
            }
        }
        int first = set(owner, bytes, from, to);
        for (int i = first; i < first + WAYS; i++) {
            SentIdentity known = places.get(i);
            if (known != null && known.is(owner, bytes, from, to)) {
                follow(before, known);
                return known;
            }
        }
        return null;
    }

    /**
     * Adds an identity that {@link #find} did not know; the bytes are copied.
     *
     * @return it
     */
    public SentIdentity add(
            SenderMapping owner,
            @Nullable SentIdentity before,
            byte[] bytes,
            int from,
            int to,
            SeriesKey key,
            Optional<String> unit) {
        byte[] own = java.util.Arrays.copyOfRange(bytes, from, to);
        SentIdentity added = new SentIdentity(owner, own, key, unit);
        int first = set(owner, bytes, from, to);
        int place = first + (own.length & (WAYS - 1));
        for (int i = first; i < first + WAYS; i++) {
            if (places.get(i) == null) {
                place = i;
                break;
            }
        }
        SentIdentity replaced = places.getAndSet(place, added);
        if (replaced != null) {
            replaced.forget();
        }
        follow(before, added);
        return added;
    }

    private static void follow(@Nullable SentIdentity before, SentIdentity known) {
        if (before != null) {
            before.setNext(known);
        }
    }

    private int set(SenderMapping owner, byte[] bytes, int from, int to) {
        return ((int) hash(System.identityHashCode(owner), bytes, from, to) & setMask) * WAYS;
    }

    // Multiply and fold, eight bytes at a time; the last word overlaps the one before it.
    private static long hash(long seed, byte[] bytes, int from, int to) {
        long hash = seed * 0x9e3779b97f4a7c15L ^ (to - from);
        int at = from;
        for (; at + 8 <= to; at += 8) {
            hash = mix(hash ^ (long) WORDS.get(bytes, at));
        }
        if (to - from >= 8) {
            hash = mix(hash ^ (long) WORDS.get(bytes, to - 8));
        } else {
            if (at + 4 <= to) {
                hash = mix(hash ^ (int) SHORT_WORDS.get(bytes, at));
                at += 4;
            }
            for (; at < to; at++) {
                hash = mix(hash ^ bytes[at]);
            }
        }
        return hash ^ hash >>> 32;
    }

    private static long mix(long value) {
        long low = value * 0x9e3779b97f4a7c15L;
        return low ^ Math.unsignedMultiplyHigh(value, 0x9e3779b97f4a7c15L);
    }
}

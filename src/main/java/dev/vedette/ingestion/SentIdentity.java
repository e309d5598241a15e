package dev.vedette.ingestion;

import dev.vedette.series.Series;
import dev.vedette.series.SeriesKey;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A series as a sender's bytes name it, and which one that is: what lets a protocol skip making
 * texts, labels and keys of bytes it has seen before. Thread-safe: what changes is written whole,
 * and any value read is a right one.
 */
public final class SentIdentity {
    private final SenderMapping owner;
    private final byte[] bytes;
    private final SeriesKey key;
    private final Optional<String> unit;
    private volatile Optional<Series> series = Optional.empty();
    private volatile @Nullable SentIdentity next;
    private volatile boolean forgotten;

    /**
     * Of those bytes.
     *
     * @param owner whose and in which mapping; compared by identity
     * @param bytes not modified
     * @param key what they say
     * @param unit the unit they say, if any
     */
    SentIdentity(SenderMapping owner, byte[] bytes, SeriesKey key, Optional<String> unit) {
        this.owner = owner;
        this.bytes = bytes;
        this.key = key;
        this.unit = unit;
    }

    /** Which series it is. */
    public SeriesKey key() {
        return key;
    }

    /** The unit the sender says. */
    Optional<String> unit() {
        return unit;
    }

    /** The series of the catalogue, once it was found there. */
    Optional<Series> series() {
        return series;
    }

    /** Remembers what the catalogue said. */
    void found(Optional<Series> known) {
        series = known;
    }

    /** Whether it is what that owner says by those bytes. */
    boolean is(SenderMapping who, byte[] text, int from, int to) {
        return owner == who && Arrays.equals(bytes, 0, bytes.length, text, from, to);
    }

    /** What came after it the last time; null before, or when that was forgotten. */
    @Nullable SentIdentity next() {
        SentIdentity successor = next;
        return successor == null || successor.forgotten ? null : successor;
    }

    /** Remembers what came after it. */
    void setNext(SentIdentity successor) {
        if (next != successor && !forgotten) {
            next = successor;
        }
    }

    /** Lets it go: it no longer holds on to its successor, nor is predicted. */
    void forget() {
        forgotten = true;
        next = null;
    }
}

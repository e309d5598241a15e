package dev.vedette.ingestion.body;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Brings the bytes that name a series together, part by part, each preceded by its length. Bounded:
 * what passes {@value #MOST} bytes is not kept, and {@link #isTooLong} says so. Not thread-safe.
 */
public final class IdentityBuffer {
    /** Longest identity: far more than the names and labels of a series may have. */
    public static final int MOST = 1 << 18;

    private byte[] bytes = new byte[1024];
    private int length;
    private boolean tooLong;

    /** The bytes so far, from 0 to {@link #length()}; overwritten by the next identity. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many bytes so far. */
    public int length() {
        return length;
    }

    /** Whether something was left out. */
    public boolean isTooLong() {
        return tooLong;
    }

    /** Goes back to where it had so many bytes. */
    public void cut(int to) {
        length = Math.min(length, to);
        tooLong = tooLong && to > 0;
    }

    /** Appends a part. */
    public void put(byte[] source, int from, int size) {
        if (length + Integer.BYTES + size > MOST || size > MOST) {
            tooLong = true;
            return;
        }
        room(Integer.BYTES + size);
        ByteBuffer.wrap(bytes).putInt(length, size);
        System.arraycopy(source, from, bytes, length + Integer.BYTES, size);
        length += Integer.BYTES + size;
    }

    /** Appends a number without a length. */
    public void put(long number) {
        if (length + Long.BYTES > MOST) {
            tooLong = true;
            return;
        }
        room(Long.BYTES);
        ByteBuffer.wrap(bytes).putLong(length, number);
        length += Long.BYTES;
    }

    /** Appends all parts of another. */
    public void append(IdentityBuffer other) {
        if (other.tooLong || length + other.length > MOST) {
            tooLong = true;
            return;
        }
        room(other.length);
        System.arraycopy(other.bytes, 0, bytes, length, other.length);
        length += other.length;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * (length + more));
        }
    }
}

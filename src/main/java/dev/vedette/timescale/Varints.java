package dev.vedette.timescale;

import java.nio.ByteBuffer;

/**
 * Whole numbers in as few bytes as they need: seven bits a byte, least first; signed ones zigzag.
 */
final class Varints {
    /** Most bytes of one number. */
    static final int MOST_BYTES = 10;

    private Varints() {}

    /** Appends a number of either sign. */
    static void putSigned(ByteBuffer body, long value) {
        putUnsigned(body, (value << 1) ^ (value >> 63));
    }

    /** Reads a number of either sign. */
    static long signed(ByteBuffer body) {
        long zigzag = unsigned(body);
        return (zigzag >>> 1) ^ -(zigzag & 1);
    }

    /** Appends 64 bits, the fewer bytes the smaller they are unsigned. */
    static void putUnsigned(ByteBuffer body, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            body.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        body.put((byte) rest);
    }

    /**
     * Reads them.
     *
     * @throws IllegalStateException when there are more than 64
     */
    static long unsigned(ByteBuffer body) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = body.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalStateException("packed points have a number of more than 64 bits");
    }
}

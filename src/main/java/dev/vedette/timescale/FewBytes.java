package dev.vedette.timescale;

import java.nio.ByteBuffer;

/**
 * Whole numbers of zero and more in as few bytes as the largest of them needs, big-endian, none
 * where all are zero: the numbers of a block, which SQL reads by {@code packed_number}.
 */
final class FewBytes {
    private FewBytes() {}

    /** Bytes that each number takes when this is the largest: 0 to 8. */
    static int width(long largest) {
        return (Long.SIZE - Long.numberOfLeadingZeros(largest) + Byte.SIZE - 1) / Byte.SIZE;
    }

    /** Appends one in that many bytes. */
    static void put(ByteBuffer target, long number, int width) {
        for (int shift = (width - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            target.put((byte) (number >>> shift));
        }
    }

    /** So many numbers, packed together. */
    static long[] unpack(byte[] packed, int count) {
        int width = packed.length / count;
        long[] numbers = new long[count];
        int next = 0;
        for (int i = 0; i < count; i++) {
            long number = 0;
            for (int end = next + width; next < end; next++) {
                number = (number << Byte.SIZE) | (packed[next] & 0xff);
            }
            numbers[i] = number;
        }
        return numbers;
    }
}

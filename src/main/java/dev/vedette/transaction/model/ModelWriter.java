package dev.vedette.transaction.model;

import dev.vedette.detection.engine.SnapshotEnvelope;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Writes numbers and arrays of a model, each array after its length; {@link ModelReader} reads. The
 * bytes are those of a {@link java.io.DataOutputStream}, without its calls for each of them.
 */
public final class ModelWriter {
    /** Version of the form of all models. */
    static final int VERSION = 1;

    private static final int FIRST_ROOM = 64;
    private static final int MOST_ROOM = Integer.MAX_VALUE - 8;
    private static final int MOST_TEXT = 0xffff;

    private ByteBuffer out = ByteBuffer.allocate(FIRST_ROOM);

    /** Appends a number. */
    public ModelWriter number(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    /** Appends a number. */
    public ModelWriter number(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    /** Appends a number; what is none is always the same one. */
    public ModelWriter number(double value) {
        return number(Double.doubleToLongBits(value));
    }

    /** Appends an array. */
    public ModelWriter numbers(double[] values) {
        number(values.length);
        for (double value : values) {
            number(value);
        }
        return this;
    }

    /** Appends an array. */
    public ModelWriter numbers(int[] values) {
        number(values.length);
        for (int value : values) {
            number(value);
        }
        return this;
    }

    /** Appends a number of 16 bits. */
    public ModelWriter shortNumber(int value) {
        room(Short.BYTES).putShort((short) value);
        return this;
    }

    /** Appends bytes after their length. */
    public ModelWriter block(byte[] block) {
        number(block.length);
        room(block.length).put(block);
        return this;
    }

    /** Appends what another wrote. */
    public ModelWriter append(byte[] written) {
        room(written.length).put(written);
        return this;
    }

    /**
     * Appends text, in Java's modified UTF-8.
     *
     * @throws UncheckedIOException when it has more than {@value #MOST_TEXT} bytes; nothing of it
     *     is written
     */
    public ModelWriter text(String text) {
        long length = bytes(text);
        if (length > MOST_TEXT) {
            throw new UncheckedIOException(
                    new UTFDataFormatException("a text of " + length + " bytes is too long"));
        }
        ByteBuffer to = room(Short.BYTES + (int) length).putShort((short) length);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (bytes(c)) {
                case 1 -> to.put((byte) c);
                case 2 -> to.put((byte) (0xc0 | (c >> 6))).put(last(c));
                default -> to.put((byte) (0xe0 | (c >> 12))).put(last(c >> 6)).put(last(c));
            }
        }
        return this;
    }

    private static long bytes(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            bytes += bytes(text.charAt(i));
        }
        return bytes;
    }

    private static int bytes(char c) {
        if (c < 0x80) {
            return c == 0 ? 2 : 1;
        }
        return c < 0x800 ? 2 : 3;
    }

    /** The byte that holds the last six bits. */
    private static byte last(int bits) {
        return (byte) (0x80 | (bits & 0x3f));
    }

    /** Bytes that were written. */
    public int size() {
        return out.position();
    }

    /** Begins anew, with the room that there is. */
    public void clear() {
        out.clear();
    }

    /** All that was written. */
    public byte[] toBytes() {
        return Arrays.copyOf(out.array(), out.position());
    }

    /** All that was written, sealed as that owner's. */
    public byte[] seal(String owner) {
        return SnapshotEnvelope.seal(owner, VERSION, toBytes());
    }

    private ByteBuffer room(int bytes) {
        if (out.remaining() < bytes) {
            int needed = Math.addExact(out.position(), bytes);
            int larger = Math.max(needed, (int) Math.min(2L * out.capacity(), MOST_ROOM));
            out = ByteBuffer.wrap(Arrays.copyOf(out.array(), larger)).position(out.position());
        }
        return out;
    }
}

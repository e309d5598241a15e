package dev.vedette.transaction.model;

import dev.vedette.detection.engine.CorruptSnapshotException;
import dev.vedette.detection.engine.SnapshotEnvelope;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Reads what {@link ModelWriter} wrote. Every length is checked against what is left before room is
 * made for it.
 */
public final class ModelReader {
    private final String owner;
    private final ByteBuffer in;

    private ModelReader(String owner, ByteBuffer in) {
        this.owner = owner;
        this.in = in;
    }

    static ModelReader open(ModelKind kind, byte[] bytes) {
        return open(kind.id(), bytes);
    }

    /**
     * Opens what that owner sealed.
     *
     * @throws CorruptSnapshotException when it is cut off, damaged, or of another owner or version
     */
    public static ModelReader open(String owner, byte[] bytes) {
        return new ModelReader(owner, SnapshotEnvelope.open(owner, ModelWriter.VERSION, bytes));
    }

    /** A number from {@code least} to {@code most}. */
    public int number(int least, int most) {
        need(Integer.BYTES);
        int value = in.getInt();
        if (value < least || value > most) {
            throw corrupt(value + " is not within " + least + " and " + most);
        }
        return value;
    }

    /** A whole number of 64 bits. */
    public long longNumber() {
        need(Long.BYTES);
        return in.getLong();
    }

    /** A number. */
    public double number() {
        need(Double.BYTES);
        return in.getDouble();
    }

    /** An array of any length. */
    public double[] numbers() {
        double[] values = new double[length(Double.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.getDouble();
        }
        return values;
    }

    /** An array of that length. */
    public double[] numbers(int length) {
        double[] values = numbers();
        requireLength(values.length, length);
        return values;
    }

    /** An array of that length. */
    public int[] wholeNumbers(int length) {
        int[] values = new int[length(Integer.BYTES)];
        requireLength(values.length, length);
        for (int i = 0; i < values.length; i++) {
            values[i] = in.getInt();
        }
        return values;
    }

    /** Bytes. */
    public byte[] block() {
        byte[] block = new byte[length(1)];
        in.get(block);
        return block;
    }

    /**
     * Text, from Java's modified UTF-8: half a character of two is a character of its own there.
     */
    public String text() {
        need(Short.BYTES);
        byte[] text = new byte[Short.BYTES + (in.getShort(in.position()) & 0xffff)];
        need(text.length);
        in.get(text);
        try {
            return new DataInputStream(new ByteArrayInputStream(text)).readUTF();
        } catch (IOException e) {
            throw corrupt("it holds what is no text: " + e.getMessage());
        }
    }

    /** Whether something is left. */
    public boolean hasMore() {
        return in.hasRemaining();
    }

    /**
     * Refuses what is left over.
     *
     * @throws CorruptSnapshotException when something is
     */
    public void end() {
        if (in.hasRemaining()) {
            throw corrupt(in.remaining() + " bytes are left over");
        }
    }

    /** The refusal of these bytes. */
    public CorruptSnapshotException corrupt(String reason) {
        return new CorruptSnapshotException(owner + ": " + reason);
    }

    private int length(int each) {
        int length = number(0, Integer.MAX_VALUE / each);
        need(length * each);
        return length;
    }

    private void need(int bytes) {
        if (in.remaining() < bytes) {
            throw corrupt(bytes + " bytes are missing, " + in.remaining() + " are there");
        }
    }

    private void requireLength(int found, int wanted) {
        if (found != wanted) {
            throw corrupt("an array has " + found + " numbers, must have " + wanted);
        }
    }
}

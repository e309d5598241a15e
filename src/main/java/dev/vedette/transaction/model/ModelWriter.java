package dev.vedette.transaction.model;

import dev.vedette.detection.engine.SnapshotEnvelope;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes numbers and arrays of a model, each array after its length; {@link ModelReader} reads. */
public final class ModelWriter {
    /** Version of the form of all models. */
    static final int VERSION = 1;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    /** Appends a number. */
    public ModelWriter number(int value) {
        return write(() -> out.writeInt(value));
    }

    /** Appends a number. */
    public ModelWriter number(long value) {
        return write(() -> out.writeLong(value));
    }

    /** Appends a number. */
    public ModelWriter number(double value) {
        return write(() -> out.writeDouble(value));
    }

    /** Appends an array. */
    public ModelWriter numbers(double[] values) {
        return write(() -> {
            out.writeInt(values.length);
            for (double value : values) {
                out.writeDouble(value);
            }
        });
    }

    /** Appends an array. */
    public ModelWriter numbers(int[] values) {
        return write(() -> {
            out.writeInt(values.length);
            for (int value : values) {
                out.writeInt(value);
            }
        });
    }

    /** Appends bytes. */
    public ModelWriter block(byte[] block) {
        return write(() -> {
            out.writeInt(block.length);
            out.write(block);
        });
    }

    /** Appends text. */
    public ModelWriter text(String text) {
        return write(() -> out.writeUTF(text));
    }

    /** Bytes that were written. */
    public int size() {
        return bytes.size();
    }

    /** All that was written, sealed as that owner's. */
    public byte[] seal(String owner) {
        return SnapshotEnvelope.seal(owner, VERSION, bytes.toByteArray());
    }

    private interface Step {
        void run() throws IOException;
    }

    private ModelWriter write(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException("a byte array took no bytes", e);
        }
        return this;
    }
}

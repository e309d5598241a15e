package dev.vedette.ingestion.body;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes the protobuf wire format into a growing array. Not thread-safe. */
public final class ProtobufWriter {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int MAX_VARINT = 10;

    private byte[] bytes = new byte[256];
    private int size;

    /** What was written. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** How much was written. */
    public int size() {
        return size;
    }

    /** Forgets what was written, and keeps the room. */
    public ProtobufWriter clear() {
        size = 0;
        return this;
    }

    /** A number of a field. */
    public ProtobufWriter number(int field, long value) {
        tag(field, ProtobufReader.VARINT);
        return varint(value);
    }

    /** A double of a field. */
    public ProtobufWriter float64(int field, double value) {
        return fixed64(field, Double.doubleToRawLongBits(value));
    }

    /** Eight bytes of a field. */
    public ProtobufWriter fixed64(int field, long value) {
        tag(field, ProtobufReader.FIXED64);
        return raw64(value);
    }

    /** Eight bytes without a tag, as packed fields have. */
    public ProtobufWriter raw64(long value) {
        room(Long.BYTES);
        LONGS.set(bytes, size, value);
        size += Long.BYTES;
        return this;
    }

    /** A text of a field. */
    public ProtobufWriter text(int field, String value) {
        return part(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes of a field. */
    public ProtobufWriter part(int field, byte[] value) {
        return part(field, value, value.length);
    }

    /** A message of a field. */
    public ProtobufWriter message(int field, ProtobufWriter message) {
        return part(field, message.bytes, message.size);
    }

    private ProtobufWriter part(int field, byte[] value, int length) {
        tag(field, ProtobufReader.LENGTH);
        varint(length);
        return raw(value, 0, length);
    }

    /** Bytes as they are. */
    public ProtobufWriter raw(byte[] value, int from, int length) {
        room(length);
        System.arraycopy(value, from, bytes, size, length);
        size += length;
        return this;
    }

    /** A number without a tag, as packed fields have. */
    public ProtobufWriter varint(long value) {
        room(MAX_VARINT);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    private void tag(int field, int wireType) {
        varint(ProtobufReader.tagOf(field, wireType));
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }
}

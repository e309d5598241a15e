package dev.vedette.ingestion.body;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the protobuf wire format (protobuf.dev, "Encoding") where it lies, without objects for
 * messages: a message is entered by moving the limit to its end, and left by moving it back.
 * Nothing it does reads outside of the bytes given. Not thread-safe.
 */
public final class ProtobufReader {
    /** Wire type of varints. */
    public static final int VARINT = 0;

    /** Wire type of eight bytes. */
    public static final int FIXED64 = 1;

    /** Wire type of texts, bytes, messages and packed numbers. */
    public static final int LENGTH = 2;

    /** Wire type of four bytes. */
    public static final int FIXED32 = 5;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private int position;
    private int limit;

    /** Over the first bytes of an array, as one message. */
    public ProtobufReader(byte[] bytes, int length) {
        this.bytes = bytes;
        this.limit = length;
    }

    /** The array that is read; not to be modified. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where the next byte is read. */
    public int position() {
        return position;
    }

    /** The end of the message being read. */
    public int limit() {
        return limit;
    }

    /** Goes to another place of the message being read, and makes that its end. */
    public void move(int to, int end) {
        position = to;
        limit = end;
    }

    /** Whether the message being read has more. */
    public boolean hasMore() {
        return position < limit;
    }

    /**
     * The next field's tag: its number times eight, plus its wire type. Never 0.
     *
     * @throws MalformedBodyException when there is none
     */
    public int tag() throws MalformedBodyException {
        long tag = varint();
        if (tag >>> 3 == 0 || tag >>> 3 > 0x1fffffff) {
            throw broken("a field number that cannot be");
        }
        return (int) tag;
    }

    /** The tag of a field of that number and wire type. */
    public static int tagOf(int field, int wireType) {
        return field << 3 | wireType;
    }

    /** A varint of up to 64 bits. */
    public long varint() throws MalformedBodyException {
        if (position < limit && bytes[position] >= 0) {
            return bytes[position++];
        }
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (position >= limit) {
                throw broken("a number that is cut off");
            }
            byte next = bytes[position++];
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw broken("a number of more than 64 bits");
    }

    /** A zigzag varint. */
    public long zigzag() throws MalformedBodyException {
        long value = varint();
        return value >>> 1 ^ -(value & 1);
    }

    /** Eight bytes, least first. */
    public long fixed64() throws MalformedBodyException {
        if (limit - position < 8) {
            throw broken("a number that is cut off");
        }
        long value = (long) LONGS.get(bytes, position);
        position += 8;
        return value;
    }

    /** A double, all bits kept. */
    public double float64() throws MalformedBodyException {
        return Double.longBitsToDouble(fixed64());
    }

    /**
     * Reads a length and enters the message behind it.
     *
     * @return the limit to go back to with {@link #leave}
     */
    public int enter() throws MalformedBodyException {
        int length = length();
        int outer = limit;
        limit = position + length;
        return outer;
    }

    /** Skips to the end of the entered message and goes back to the one around it. */
    public void leave(int outer) {
        position = limit;
        limit = outer;
    }

    /** The length of a text, bytes or message that starts at {@link #position()}. */
    public int length() throws MalformedBodyException {
        long length = varint();
        if (length < 0 || length > limit - position) {
            throw broken(
                    "a part of " + length + " bytes where " + (limit - position) + " are left");
        }
        return (int) length;
    }

    /** Reads a length and skips what follows it. */
    public void skipPart() throws MalformedBodyException {
        int length = length();
        position += length;
    }

    /** Skips a field's value, whose tag was read. */
    public void skip(int tag) throws MalformedBodyException {
        switch (tag & 7) {
            case VARINT -> varint();
            case FIXED64 -> fixed64();
            case LENGTH -> skipPart();
            case FIXED32 -> {
                if (limit - position < 4) {
                    throw broken("a number that is cut off");
                }
                position += 4;
            }
            default -> throw broken("a wire type " + (tag & 7));
        }
    }

    /** Reads a length and the text behind it. */
    public String text() throws MalformedBodyException {
        int length = length();
        String text;
        try {
            text = utf8(bytes, position, length);
        } catch (IllegalArgumentException e) {
            throw broken("a text that is not UTF-8");
        }
        position += length;
        return text;
    }

    /**
     * The text of those bytes.
     *
     * @throws IllegalArgumentException when they are not UTF-8
     */
    public static String utf8(byte[] bytes, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (bytes[i] < 0) {
                return strict(bytes, from, length);
            }
        }
        return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }

    private static String strict(byte[] bytes, int from, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a text is not UTF-8", e);
        }
    }

    /** That the bytes are not the protobuf they should be. */
    public MalformedBodyException broken(String what) {
        return MalformedBodyException.malformed(
                "the body is not the protobuf message it should be: "
                        + what
                        + " at byte "
                        + position);
    }
}

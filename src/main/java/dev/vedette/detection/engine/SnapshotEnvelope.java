package dev.vedette.detection.engine;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The outer form of every snapshot, big-endian: magic number, owner's name with its length, owner's
 * version, payload with its length, CRC-32C of all before it. Damage anywhere is found; a snapshot
 * of another engine or version is refused.
 */
public final class SnapshotEnvelope {
    private static final int MAGIC = 0x56445431;
    private static final int FIXED_BYTES = 4 + 2 + 4 + 4 + 4;

    private SnapshotEnvelope() {}

    /** The payload in its envelope. */
    public static byte[] seal(String owner, int version, byte[] payload) {
        byte[] name = owner.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(FIXED_BYTES + name.length + payload.length);
        out.putInt(MAGIC).putShort((short) name.length).put(name).putInt(version);
        out.putInt(payload.length).put(payload);
        out.putInt(checksum(out.array(), out.position()));
        return out.array();
    }

    /**
     * The payload of a sealed snapshot.
     *
     * @throws CorruptSnapshotException when it is damaged, or of another owner or version
     */
    public static ByteBuffer open(String owner, int version, byte[] snapshot) {
        try {
            return payload(owner, version, snapshot);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new CorruptSnapshotException(
                    "snapshot of " + owner + " is cut off at " + snapshot.length + " bytes");
        }
    }

    /** Whether a snapshot says that it is of that owner; it may be damaged all the same. */
    public static boolean isOf(String owner, byte[] snapshot) {
        byte[] name = owner.getBytes(StandardCharsets.UTF_8);
        int start = 4 + 2;
        return snapshot.length >= start + name.length
                && ByteBuffer.wrap(snapshot).getShort(4) == name.length
                && Arrays.equals(snapshot, start, start + name.length, name, 0, name.length);
    }

    private static ByteBuffer payload(String owner, int version, byte[] snapshot) {
        ByteBuffer in = ByteBuffer.wrap(snapshot);
        require(in.getInt() == MAGIC, "snapshot of " + owner + " does not start as one");
        byte[] name = new byte[in.getShort() & 0xffff];
        in.get(name);
        String foundOwner = new String(name, StandardCharsets.UTF_8);
        int foundVersion = in.getInt();
        int length = in.getInt();
        require(
                length == in.remaining() - 4,
                "snapshot of " + owner + " states a length of " + length + " but has another");
        int end = in.position() + length;
        require(
                in.getInt(end) == checksum(snapshot, end),
                "snapshot of " + owner + " is damaged: its checksum does not match");
        require(
                foundOwner.equals(owner) && foundVersion == version,
                "snapshot is of %s version %d, expected %s version %d"
                        .formatted(foundOwner, foundVersion, owner, version));
        return in.slice(in.position(), length);
    }

    /**
     * Refuses a payload that is not exactly that long.
     *
     * @throws CorruptSnapshotException when it is not
     */
    public static void requireLength(String owner, ByteBuffer payload, int bytes) {
        require(
                payload.remaining() == bytes,
                "snapshot of %s must hold %d bytes, holds %d"
                        .formatted(owner, bytes, payload.remaining()));
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new CorruptSnapshotException(message);
        }
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}

package dev.vedette.transaction.scoring;

import dev.vedette.detection.engine.CorruptSnapshotException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Blocks of a snapshot, each after its length in four bytes, cut into pieces that are written one
 * by one. Together they may be more than one array holds. Not thread-safe.
 */
final class SnapshotPieces {
    /** Most bytes of a piece: some milliseconds of a disk's time. */
    static final int BYTES = 256 * 1024;

    private final List<byte[]> full = new ArrayList<>();
    private ByteBuffer piece = ByteBuffer.allocate(BYTES);

    /** Appends a block. */
    void block(byte[] block) {
        append(ByteBuffer.allocate(Integer.BYTES).putInt(block.length).array());
        append(block);
    }

    private void append(byte[] bytes) {
        for (int done = 0; done < bytes.length; ) {
            if (!piece.hasRemaining()) {
                full.add(piece.array());
                piece = ByteBuffer.allocate(BYTES);
            }
            int next = Math.min(piece.remaining(), bytes.length - done);
            piece.put(bytes, done, next);
            done += next;
        }
    }

    /** All pieces, in their order. */
    List<byte[]> all() {
        List<byte[]> all = new ArrayList<>(full);
        all.add(Arrays.copyOf(piece.array(), piece.position()));
        return all;
    }

    /** Finds the blocks again, whatever the pieces. */
    static final class Reader {
        private final Iterator<byte[]> pieces;
        private ByteBuffer piece = ByteBuffer.allocate(0);
        private long left;

        Reader(List<byte[]> pieces) {
            this.pieces = pieces.iterator();
            left = pieces.stream().mapToLong(one -> one.length).sum();
        }

        /**
         * The next block.
         *
         * @throws CorruptSnapshotException when there is none, or not all of it
         */
        byte[] block() {
            int length = ByteBuffer.wrap(bytes(Integer.BYTES)).getInt();
            return bytes(length);
        }

        private byte[] bytes(int length) {
            if (length < 0 || length > left) {
                throw new CorruptSnapshotException("a block of " + length + " bytes is cut off");
            }
            byte[] bytes = new byte[length];
            for (int done = 0; done < length; ) {
                if (!piece.hasRemaining()) {
                    piece = ByteBuffer.wrap(pieces.next());
                }
                int next = Math.min(piece.remaining(), length - done);
                piece.get(bytes, done, next);
                done += next;
            }
            left -= length;
            return bytes;
        }
    }
}

package dev.vedette.transaction.scoring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vedette.detection.engine.CorruptSnapshotException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SnapshotPiecesTest {
    private static final Random RANDOM = new Random(8);

    private static byte[] block(int length) {
        byte[] block = new byte[length];
        RANDOM.nextBytes(block);
        return block;
    }

    @Test
    void blocksAreFoundAgainWhateverThePieces() {
        // the fourth piece begins within a length
        int most = SnapshotPieces.BYTES;
        List<byte[]> blocks =
                List.of(
                        block(17),
                        block(0),
                        block(3 * most - 17 - 3 * 4 - 2),
                        block(most),
                        block(5));
        SnapshotPieces pieces = new SnapshotPieces();
        blocks.forEach(pieces::block);
        List<byte[]> all = pieces.all();
        assertEquals(5, all.size());
        SnapshotPieces.Reader in = new SnapshotPieces.Reader(all);
        blocks.forEach(block -> assertArrayEquals(block, in.block()));
        assertThrows(CorruptSnapshotException.class, in::block);
    }

    @Test
    void blockThatIsCutOffIsRefused() {
        SnapshotPieces pieces = new SnapshotPieces();
        pieces.block(block(SnapshotPieces.BYTES));
        SnapshotPieces.Reader in = new SnapshotPieces.Reader(pieces.all().subList(0, 1));
        assertThrows(CorruptSnapshotException.class, in::block);
    }
}

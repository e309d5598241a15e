package dev.vedette.transaction.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Something that is written slice by slice and is, in the end, what it was when the writing began,
 * whatever changed in between. To be used by the thread that changes it, until all is written.
 */
public interface Slices {
    /** Writes the next slice; false when all was written before. */
    boolean write();

    /**
     * Hands on what was written, block by block, and keeps none: once, after {@link #write} said
     * false, by any thread.
     */
    void drain(Consumer<byte[]> blocks);

    /** All blocks, written at once. */
    default List<byte[]> all() {
        while (write()) {}
        List<byte[]> blocks = new ArrayList<>();
        drain(blocks::add);
        return blocks;
    }
}

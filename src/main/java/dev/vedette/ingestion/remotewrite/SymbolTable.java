package dev.vedette.ingestion.remotewrite;

import dev.vedette.ingestion.body.MalformedBodyException;
import dev.vedette.ingestion.body.ProtobufReader;
import java.util.Arrays;

/** The texts of a request of version 2, by number; where they lie, not copied. Not thread-safe. */
final class SymbolTable {
    private static final int MAX_SYMBOLS = 1_000_000;

    private int[] starts = new int[1024];
    private int[] lengths = new int[1024];
    private int size;

    /** Reads a symbol whose tag was read. */
    void add(ProtobufReader reader) throws MalformedBodyException {
        if (size == MAX_SYMBOLS) {
            throw MalformedBodyException.tooLarge(
                    "the request has more than " + MAX_SYMBOLS + " symbols");
        }
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, size * 2);
            lengths = Arrays.copyOf(lengths, size * 2);
        }
        int length = reader.length();
        starts[size] = reader.position();
        lengths[size++] = length;
        reader.move(reader.position() + length, reader.limit());
    }

    /** Where a symbol starts. */
    int start(int symbol) {
        return starts[symbol];
    }

    /** How long it is. */
    int length(int symbol) {
        return lengths[symbol];
    }

    /**
     * That number as one of a symbol.
     *
     * @throws MalformedBodyException when there is no such symbol
     */
    int require(long reference) throws MalformedBodyException {
        if (reference < 0 || reference >= size) {
            throw MalformedBodyException.malformed(
                    "a label refers to symbol " + reference + " of " + size);
        }
        return (int) reference;
    }
}

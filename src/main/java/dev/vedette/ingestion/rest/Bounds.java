package dev.vedette.ingestion.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;

/**
 * Bounds on what a body may make the decoder remember: each field of an object costs memory while
 * the object is open, as the parser watches for duplicates.
 */
final class Bounds {
    /** Most fields of a request, of a series, or labels of a series. */
    static final int MAX_FIELDS = 256;

    /** Most tokens of one value that nobody asked for. */
    private static final int MAX_SKIPPED_TOKENS = 4096;

    private Bounds() {}

    /** Skips the value the parser stands at, which then stands at its end. */
    static void skip(JsonParser parser) throws IOException {
        int open = 0;
        for (int tokens = 0; ; tokens++) {
            if (parser.currentToken().isStructStart()) {
                open++;
            } else if (parser.currentToken().isStructEnd()) {
                open--;
            }
            if (open == 0) {
                return;
            }
            if (tokens == MAX_SKIPPED_TOKENS || parser.nextToken() == null) {
                throw new StreamConstraintsException(
                        "a value that is not part of the format is too large or not closed");
            }
        }
    }

    /**
     * Holds an object to its number of fields.
     *
     * @param fields how many it has so far, the present one included
     */
    static void requireFew(int fields) throws StreamConstraintsException {
        if (fields > MAX_FIELDS) {
            throw new StreamConstraintsException(
                    "an object has more than " + MAX_FIELDS + " fields");
        }
    }
}

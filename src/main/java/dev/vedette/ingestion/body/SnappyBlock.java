package dev.vedette.ingestion.body;

import java.io.IOException;
import org.xerial.snappy.Snappy;

/**
 * Undoes Snappy's block format (google/snappy, format_description.txt), whose first number declares
 * how long the content is. That is checked before memory is taken for it.
 */
public final class SnappyBlock {
    /** A copy of three bytes makes at most 64: no block grows more. */
    private static final int MAX_RATIO = 22;

    private SnappyBlock() {}

    /**
     * The content.
     *
     * @throws MalformedBodyException when the body is no such block, or its content too large
     */
    public static byte[] decode(byte[] body, BodyLimits limits) throws MalformedBodyException {
        long declared = declared(body);
        if (declared > limits.maxBytes()) {
            throw MalformedBodyException.tooLarge(
                    "the snappy block declares "
                            + declared
                            + " bytes, "
                            + limits.maxBytes()
                            + " are read");
        }
        if (declared > (long) body.length * MAX_RATIO) {
            throw MalformedBodyException.malformed(
                    "the snappy block declares "
                            + declared
                            + " bytes, which its "
                            + body.length
                            + " cannot hold");
        }
        byte[] content = new byte[(int) declared];
        try {
            int length = Snappy.rawUncompress(body, 0, body.length, content, 0);
            if (length == declared) {
                return content;
            }
        } catch (IOException e) {
            // the same as a wrong length: the library says no more than that it is invalid
        }
        throw MalformedBodyException.malformed("the body is not a snappy block");
    }

    private static long declared(byte[] body) throws MalformedBodyException {
        long declared = 0;
        for (int i = 0; i < Math.min(5, body.length); i++) {
            declared |= (body[i] & 0x7fL) << (7 * i);
            if (body[i] >= 0) {
                return declared;
            }
        }
        throw MalformedBodyException.malformed("the body is not a snappy block: it has no length");
    }
}

package dev.vedette.ingestion.body;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.vedette.ingestion.body.MalformedBodyException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * Undoes the content encoding of a body while it is read, never all at once: a compression bomb
 * costs a buffer and ends with an error at the limit.
 */
public final class ContentDecoder {
    /** Small bodies may compress as well as they like. */
    private static final long RATIO_FREE_BYTES = 1L << 20;

    /**
     * A window of 8 MiB is what zstd's levels up to 19 use; more would be the sender's memory bill
     * for us.
     */
    private static final int MAX_ZSTD_WINDOW_LOG = 23;

    private ContentDecoder() {}

    /**
     * The decoded body.
     *
     * @param body as received
     * @param encoding value of the Content-Encoding header; empty when absent
     * @throws MalformedBodyException when the encoding is unknown or its header is broken
     */
    public static InputStream decode(byte[] body, String encoding, BodyLimits limits)
            throws MalformedBodyException {
        String name = encoding.strip().toLowerCase(Locale.ROOT);
        InputStream raw = new ByteArrayInputStream(body);
        try {
            return switch (name) {
                case "", "identity" -> new BoundedInputStream(raw, limits.maxBytes());
                case "gzip", "x-gzip" ->
                        new BoundedInputStream(
                                new GZIPInputStream(raw, 8192), bound(body.length, limits));
                case "zstd" ->
                        new BoundedInputStream(
                                new ZstdInputStreamNoFinalizer(raw).setLongMax(MAX_ZSTD_WINDOW_LOG),
                                bound(body.length, limits));
                default ->
                        throw new MalformedBodyException(
                                Kind.UNKNOWN_ENCODING,
                                "",
                                "content encoding '"
                                        + name.substring(0, Math.min(40, name.length()))
                                        + "' is not one of gzip, zstd, identity");
            };
        } catch (IOException e) {
            throw new MalformedBodyException(
                    Kind.MALFORMED, "", "the body is not " + name + " data: " + e.getMessage());
        }
    }

    private static long bound(int compressed, BodyLimits limits) {
        long byRatio = Math.max(RATIO_FREE_BYTES, (long) compressed * limits.maxRatio());
        return Math.min(limits.maxBytes(), byRatio);
    }
}

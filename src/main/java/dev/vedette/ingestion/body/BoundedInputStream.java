package dev.vedette.ingestion.body;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends with an error instead of passing on more than so many bytes. */
public final class BoundedInputStream extends FilterInputStream {
    /** More bytes than allowed came out. */
    public static final class LimitExceededException extends IOException {
        private static final long serialVersionUID = 1;

        LimitExceededException(String message) {
            super(message);
        }
    }

    private final long maxBytes;
    private long bytes;

    BoundedInputStream(InputStream in, long maxBytes) {
        super(in);
        this.maxBytes = maxBytes;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        count(Math.max(0, read));
        return read;
    }

    private void count(int read) throws LimitExceededException {
        bytes += read;
        if (bytes > maxBytes) {
            throw new LimitExceededException(
                    "the body has more than " + maxBytes + " bytes once decompressed");
        }
    }
}

package dev.vedette.timescale;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import dev.vedette.series.PointBatch;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * The form of a {@link PointBatch} in the detection log, about 3 bytes a point for ordinary
 * metrics.
 *
 * <p>A header of six bytes (version, codec, length of the body) and the body, compressed by
 * Zstandard at level 1. The body, column after column so that like stands beside like: number of
 * runs; series ids, each as the difference from the one before; lengths of the runs, as (length,
 * how often in a row); timestamps, as (difference from the one before, how often in a row); values,
 * eight bytes each. Whole numbers are varints of seven bits a byte, least first, signed ones
 * zigzag. All bits of every value survive, those of NaN too.
 *
 * <p>Static and thread-safe: the compressors' working memory is pooled, not per thread, as threads
 * may be virtual.
 */
final class PackedPoints {
    private static final byte VERSION = 1;
    private static final byte RAW = 0;
    private static final byte ZSTD = 1;
    private static final int HEADER = 6;
    private static final int LEVEL = 1;
    private static final int POOLED = 16;

    /** Longest body that is believed: above what any writer makes, below what memory bears. */
    private static final int MAX_BODY = 64 << 20;

    private static final Queue<ZstdCompressCtx> COMPRESSORS = new ArrayBlockingQueue<>(POOLED);
    private static final Queue<ZstdDecompressCtx> DECOMPRESSORS = new ArrayBlockingQueue<>(POOLED);

    private PackedPoints() {}

    /** The batch as bytes. */
    static byte[] pack(PointBatch batch) {
        byte[] body = new byte[bound(batch)];
        int size = write(ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN), batch);
        byte[] packed = new byte[HEADER + (int) Zstd.compressBound(size)];
        int length = compress(packed, body, size);
        byte codec = ZSTD;
        if (length >= size) {
            codec = RAW;
            length = size;
            System.arraycopy(body, 0, packed, HEADER, size);
        }
        ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN).put(VERSION).put(codec).putInt(size);
        return Arrays.copyOf(packed, HEADER + length);
    }

    /**
     * The batch of those bytes.
     *
     * @throws IllegalStateException when they are not what {@link #pack} makes
     */
    static PointBatch unpack(byte[] packed) {
        try {
            ByteBuffer header = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
            byte version = header.get();
            byte codec = header.get();
            int length = header.getInt();
            if (version != VERSION || length < 0 || length > MAX_BODY) {
                throw new IllegalStateException(
                        "packed points of version " + version + " and length " + length);
            }
            ByteBuffer body =
                    switch (codec) {
                        case RAW -> ByteBuffer.wrap(packed, HEADER, length);
                        case ZSTD -> ByteBuffer.wrap(decompress(packed, length));
                        default ->
                                throw new IllegalStateException("packed points of codec " + codec);
                    };
            return batch(body.order(ByteOrder.LITTLE_ENDIAN));
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalStateException("packed points are cut off", e);
        }
    }

    private static int compress(byte[] target, byte[] body, int size) {
        ZstdCompressCtx pooled = COMPRESSORS.poll();
        ZstdCompressCtx compressor =
                pooled == null ? new ZstdCompressCtx().setLevel(LEVEL) : pooled;
        try {
            return compressor.compressByteArray(
                    target, HEADER, target.length - HEADER, body, 0, size);
        } finally {
            if (!COMPRESSORS.offer(compressor)) {
                compressor.close();
            }
        }
    }

    private static byte[] decompress(byte[] packed, int length) {
        // Asked before memory is taken for it: the header may be damaged.
        if (Zstd.getFrameContentSize(packed, HEADER, packed.length - HEADER) != length) {
            throw new IllegalStateException("packed points do not have " + length + " bytes");
        }
        ZstdDecompressCtx pooled = DECOMPRESSORS.poll();
        ZstdDecompressCtx decompressor = pooled == null ? new ZstdDecompressCtx() : pooled;
        try {
            byte[] body = new byte[length];
            int found =
                    decompressor.decompressByteArray(
                            body, 0, length, packed, HEADER, packed.length - HEADER);
            if (found != length) {
                throw new IllegalStateException(
                        "packed points have " + found + " bytes instead of " + length);
            }
            return body;
        } catch (com.github.luben.zstd.ZstdException e) {
            throw new IllegalStateException("packed points are damaged", e);
        } finally {
            if (!DECOMPRESSORS.offer(decompressor)) {
                decompressor.close();
            }
        }
    }

    private static int bound(PointBatch batch) {
        return Varints.MOST_BYTES * (1 + 3 * batch.runs() + 2 * batch.size()) + 8 * batch.size();
    }

    private static int write(ByteBuffer body, PointBatch batch) {
        Varints.putUnsigned(body, batch.runs());
        putSeriesIds(body, batch.seriesIds());
        putRunLengths(body, batch.runEnds());
        putTimes(body, batch.epochMillis());
        body.asDoubleBuffer().put(batch.values());
        return body.position() + 8 * batch.size();
    }

    private static PointBatch batch(ByteBuffer body) {
        int runs = count(body, body.remaining());
        long[] seriesIds = seriesIds(body, runs);
        int[] runEnds = runEnds(body, runs);
        int points = runs == 0 ? 0 : runEnds[runs - 1];
        long[] times = times(body, points);
        double[] values = new double[points];
        body.asDoubleBuffer().get(values);
        return new PointBatch(seriesIds, runEnds, times, values);
    }

    private static void putSeriesIds(ByteBuffer body, long[] seriesIds) {
        long last = 0;
        for (long id : seriesIds) {
            Varints.putSigned(body, id - last);
            last = id;
        }
    }

    private static long[] seriesIds(ByteBuffer body, int runs) {
        long[] seriesIds = new long[runs];
        long last = 0;
        for (int i = 0; i < runs; i++) {
            last += Varints.signed(body);
            seriesIds[i] = last;
        }
        return seriesIds;
    }

    private static void putRunLengths(ByteBuffer body, int[] runEnds) {
        int start = 0;
        for (int i = 0; i < runEnds.length; ) {
            int length = runEnds[i] - start;
            int from = i;
            while (i < runEnds.length && runEnds[i] - start == length) {
                start = runEnds[i++];
            }
            Varints.putUnsigned(body, length);
            Varints.putUnsigned(body, i - from);
        }
    }

    private static int[] runEnds(ByteBuffer body, int runs) {
        int[] runEnds = new int[runs];
        int end = 0;
        for (int i = 0; i < runs; ) {
            int length = count(body, MAX_BODY);
            int repeated = count(body, runs - i);
            if (repeated == 0) {
                throw new IllegalStateException("packed points have an empty stretch of runs");
            }
            for (int k = 0; k < repeated; k++) {
                end = Math.addExact(end, length);
                runEnds[i++] = end;
            }
        }
        // Eight bytes of value follow for each point: a length that cannot be is caught here.
        if (end > body.remaining() / 8) {
            throw new IllegalStateException("packed points are cut off");
        }
        return runEnds;
    }

    private static void putTimes(ByteBuffer body, long[] times) {
        long last = 0;
        for (int i = 0; i < times.length; ) {
            long step = times[i] - last;
            int from = i;
            while (i < times.length && times[i] - last == step) {
                last = times[i++];
            }
            Varints.putSigned(body, step);
            Varints.putUnsigned(body, i - from);
        }
    }

    private static long[] times(ByteBuffer body, int points) {
        long[] times = new long[points];
        long last = 0;
        for (int i = 0; i < points; ) {
            long step = Varints.signed(body);
            int repeated = count(body, points - i);
            if (repeated == 0) {
                throw new IllegalStateException("packed points have an empty stretch of time");
            }
            for (int k = 0; k < repeated; k++) {
                last += step;
                times[i++] = last;
            }
        }
        return times;
    }

    private static int count(ByteBuffer body, int most) {
        long value = Varints.unsigned(body);
        if (value < 0 || value > most) {
            throw new IllegalStateException(
                    "packed points have a count of " + value + ", at most " + most);
        }
        return (int) value;
    }
}

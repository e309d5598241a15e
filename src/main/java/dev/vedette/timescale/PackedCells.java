package dev.vedette.timescale;

import dev.vedette.detection.SteppedPoints;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The form of {@link SteppedPoints} in a row of a roll-up, about 10 bytes a cell for ordinary
 * metrics: version, number of cells, their starts as distances in steps, the counts, then min, max,
 * sum and last, column after column. A column of numbers with few decimals holds the number of
 * decimals and the differences as varints; another one −1 and eight bytes a value.
 */
final class PackedCells {
    private static final byte VERSION = 1;
    private static final byte RAW = -1;
    private static final double NEGLIGIBLE = 1e-13;
    private static final int MOST_CELLS = 10_000;

    private PackedCells() {}

    /** The cells of steps of that width, as bytes. */
    static byte[] pack(SteppedPoints cells, long stepMillis) {
        int size = cells.size();
        ByteBuffer body =
                ByteBuffer.allocate(16 + size * 6 * Varints.MOST_BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
        body.put(VERSION);
        Varints.putUnsigned(body, size);
        long last = 0;
        for (long start : cells.epochMillis()) {
            Varints.putSigned(body, start / stepMillis - last);
            last = start / stepMillis;
        }
        for (int count : cells.count()) {
            Varints.putUnsigned(body, count);
        }
        column(body, cells.min());
        column(body, cells.max());
        column(body, tidy(cells));
        column(body, cells.last());
        return Arrays.copyOf(body.array(), body.position());
    }

    /**
     * The cells of those bytes.
     *
     * @throws IllegalStateException when they are not what {@link #pack} makes
     */
    static SteppedPoints unpack(byte[] packed, long stepMillis) {
        ByteBuffer body = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
        try {
            byte version = body.get();
            long size = Varints.unsigned(body);
            if (version != VERSION || size < 0 || size > MOST_CELLS) {
                throw new IllegalStateException(
                        "packed cells of version " + version + ", " + size + " of them");
            }
            return cells(body, (int) size, stepMillis);
        } catch (BufferUnderflowException e) {
            throw new IllegalStateException("packed cells are cut off", e);
        }
    }

    private static SteppedPoints cells(ByteBuffer body, int size, long stepMillis) {
        long[] times = new long[size];
        long last = 0;
        for (int i = 0; i < size; i++) {
            last += Varints.signed(body);
            times[i] = last * stepMillis;
        }
        int[] counts = new int[size];
        for (int i = 0; i < size; i++) {
            counts[i] = (int) Varints.unsigned(body);
        }
        double[] min = column(body, size);
        double[] max = column(body, size);
        double[] sum = column(body, size);
        return new SteppedPoints(times, min, max, sum, column(body, size), counts);
    }

    // Adding decimals leaves crumbs in the last bits: 0.1 + 0.2. Where the other columns have few
    // decimals the sum has no more, and without the crumbs it is both nearer and shorter.
    private static double[] tidy(SteppedPoints cells) {
        int scale = -1;
        for (double[] column : new double[][] {cells.min(), cells.max(), cells.last()}) {
            int own = Decimals.scale(column, 0, column.length);
            if (own < 0) {
                return cells.sum();
            }
            scale = Math.max(scale, own);
        }
        double[] tidy = cells.sum().clone();
        for (int i = 0; i < tidy.length; i++) {
            double rounded = Decimals.rounded(tidy[i], scale);
            if (Math.abs(rounded - tidy[i]) <= NEGLIGIBLE * Math.abs(tidy[i])) {
                tidy[i] = rounded;
            }
        }
        return tidy;
    }

    private static void column(ByteBuffer body, double[] values) {
        int scale = Decimals.scale(values, 0, values.length);
        body.put((byte) scale);
        long last = 0;
        for (double value : values) {
            if (scale == RAW) {
                body.putDouble(value);
            } else {
                long scaled = Decimals.scaled(value, scale);
                Varints.putSigned(body, scaled - last);
                last = scaled;
            }
        }
    }

    private static double[] column(ByteBuffer body, int size) {
        double[] values = new double[size];
        byte scale = body.get();
        if (scale < RAW || scale > Decimals.MOST) {
            throw new IllegalStateException("packed cells have a column of scale " + scale);
        }
        long last = 0;
        for (int i = 0; i < size; i++) {
            if (scale == RAW) {
                values[i] = body.getDouble();
            } else {
                last += Varints.signed(body);
                values[i] = Decimals.value(last, scale);
            }
        }
        return values;
    }
}

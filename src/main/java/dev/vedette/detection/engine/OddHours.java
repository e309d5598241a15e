package dev.vedette.detection.engine;

import java.nio.ByteBuffer;

/**
 * Hours of the week or of the month in which a series is not where the rest leads to expect: the
 * job on Mondays, the first of the month, pay day, the night in which the books are closed.
 * Remembered are the hours that lay outside the usual band; they count from the third week or month
 * on, once a second one has borne the first out. A table of all hours of a month would foretell no
 * better and be ten times as large, as nearly all of them are like any other.
 *
 * <p>O(1) per point, but for the first of an hour: {@value #MOST} comparisons.
 *
 * <p>The effects are those of W. P. Cleveland and S. J. Devlin, "Calendar Effects in Monthly Time
 * Series", JASA 1980; remembering the few that stand out is ours.
 */
final class OddHours {
    private static final int MOST = 48;

    /** Size of its part of a snapshot. */
    static final int BYTES =
            MOST * (Short.BYTES + Byte.BYTES + Float.BYTES) + 3 * Integer.BYTES + Double.BYTES;

    /** An hour is remembered when its mean lies so many mean absolute errors off. */
    private static final double STANDS_OUT = 4;

    /** In so many weeks or months it was seen before it counts. */
    private static final int BORNE_OUT = 2;

    private static final int NONE = -1;

    private final short[] hours = new short[MOST];
    private final byte[] seen = new byte[MOST];
    private final float[] offsets = new float[MOST];
    private int next;

    // the hour under way
    private int hour = NONE;
    private int count;
    private double sum;
    private int place = NONE;

    /**
     * How far from the rest's forecast a point is expected to lie, in the series' unit; mostly 0.
     *
     * @param its hour, as of {@link LocalTime#hourOfWeek} or {@link LocalTime#hourOfMonth}
     * @param spread mean absolute error of the rest's forecast
     */
    double offset(int its, double spread) {
        if (its != hour) {
            end(spread);
            hour = its;
            place = find(its);
        }
        return place >= 0 && seen[place] >= BORNE_OUT ? offsets[place] : 0;
    }

    /**
     * Takes into account how far the point asked for last lay from the rest's forecast.
     *
     * @param rest finite
     */
    void learn(double rest) {
        sum += rest;
        count++;
    }

    private void end(double spread) {
        if (count > 0) {
            double mean = sum / count;
            if (place >= 0) {
                compare(mean);
            } else if (Math.abs(mean) > STANDS_OUT * spread) {
                remember(mean);
            }
        }
        sum = 0;
        count = 0;
    }

    private void compare(double mean) {
        boolean isBorneOut = Math.abs(mean - offsets[place]) < Math.abs(mean) / 2;
        if (isBorneOut) {
            seen[place] = (byte) Math.min(seen[place] + 1, Byte.MAX_VALUE);
            offsets[place] += (float) ((mean - offsets[place]) / 2);
        } else {
            seen[place] = (byte) (seen[place] / 2);
        }
    }

    /** In a free place, or in that of another hour that was seen once. */
    private void remember(double mean) {
        for (int tried = 0; tried < MOST; tried++) {
            int candidate = next;
            next = (next + 1) % MOST;
            if (seen[candidate] < BORNE_OUT) {
                hours[candidate] = (short) hour;
                seen[candidate] = 1;
                offsets[candidate] = (float) mean;
                return;
            }
        }
    }

    private int find(int its) {
        for (int i = 0; i < MOST; i++) {
            if (seen[i] > 0 && hours[i] == its) {
                return i;
            }
        }
        return NONE;
    }

    void write(ByteBuffer out) {
        out.putInt(next).putInt(hour).putInt(count).putDouble(sum);
        for (int i = 0; i < MOST; i++) {
            out.putShort(hours[i]).put(seen[i]).putFloat(offsets[i]);
        }
    }

    void read(ByteBuffer in) {
        next = Math.floorMod(in.getInt(), MOST);
        hour = in.getInt();
        count = in.getInt();
        sum = in.getDouble();
        for (int i = 0; i < MOST; i++) {
            hours[i] = in.getShort();
            seen[i] = in.get();
            offsets[i] = in.getFloat();
        }
        place = find(hour);
    }
}

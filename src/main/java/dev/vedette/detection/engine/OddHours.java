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

    private static final int SECONDS_OF_HOUR = 3_600;
    private static final int HOURS = 24;
    private static final int WEEK = 7;

    /** 1970-01-01 was a Thursday; weeks start on Mondays. */
    private static final int THURSDAY = 3;

    /** Days of a month that are counted from its end. */
    private static final int LAST_DAYS = 3;

    private static final int FEWEST_DAYS = 28;

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
     * @param its hour, as of {@link #ofWeek} or {@link #ofMonth}
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

    /**
     * Hour of the week, from 0 to 167.
     *
     * @param localSeconds seconds since 1970-01-01T00:00 on the wall clock
     */
    static int ofWeek(long localSeconds) {
        long hours = Math.floorDiv(localSeconds, SECONDS_OF_HOUR);
        return Math.floorMod(hours + THURSDAY * HOURS, WEEK * HOURS);
    }

    /**
     * Hour of the month, from 0 to 743. Its last three days are counted from its end, so that the
     * last of February is like that of March.
     *
     * @param localSeconds seconds since 1970-01-01T00:00 on the wall clock
     */
    static int ofMonth(long localSeconds) {
        long hours = Math.floorDiv(localSeconds, SECONDS_OF_HOUR);
        return dayOf(Math.floorDiv(hours, HOURS)) * HOURS + Math.floorMod(hours, HOURS);
    }

    /**
     * Day of the month, from 0 for its first; 28, 29 and 30 are its last three. By H. Hinnant,
     * "chrono-Compatible Low-Level Date Algorithms", {@code civil_from_days}: years begin in March,
     * so that February's end is the year's.
     */
    private static int dayOf(long epochDay) {
        int ofEra = (int) Math.floorMod(epochDay + 719_468, 146_097L);
        int year = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365;
        int ofYear = ofEra - (365 * year + year / 4 - year / 100);
        int month = (5 * ofYear + 2) / 153;
        int day = ofYear - (153 * month + 2) / 5;
        int left = daysOf(month, year + 1) - 1 - day;
        return left < LAST_DAYS ? FEWEST_DAYS + LAST_DAYS - 1 - left : day;
    }

    /** Days of a month; 0 is March and 11 the February of the year that is named. */
    private static int daysOf(int month, int year) {
        if (month == 11) {
            boolean isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            return isLeap ? FEWEST_DAYS + 1 : FEWEST_DAYS;
        }
        return (153 * (month + 1) + 2) / 5 - (153 * month + 2) / 5;
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

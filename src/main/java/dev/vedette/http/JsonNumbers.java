package dev.vedette.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * JSON of many numbers and times, written without an object for each: all of it is ASCII, so it is
 * gathered as bytes. Not thread-safe.
 */
public final class JsonNumbers {
    private static final int DAY_MILLIS = 86_400_000;
    private static final int LATEST_YEAR = 9999;
    private static final int MOST_DIGITS = 20;
    private static final int DATE_LENGTH = 10;
    private static final int TIME_LENGTH = 24;

    /** Beyond it a whole number is written as Double.toString does. */
    private static final double LARGEST_WHOLE = 1e15;

    private static final double SMALLEST_PLAIN = 1e-3;
    private static final double LARGEST_PLAIN = 1e7;
    private static final int[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

    private final byte[] date = new byte[DATE_LENGTH];
    private long dateDay = Long.MIN_VALUE;
    private byte[] text;
    private int size;

    /** Empty, with room for that many characters; it grows. */
    public JsonNumbers(int room) {
        text = new byte[Math.max(TIME_LENGTH, room)];
    }

    /** Adds an ASCII character as it is. */
    public JsonNumbers add(char ascii) {
        require(1);
        put(ascii);
        return this;
    }

    private JsonNumbers add(String ascii) {
        require(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            put(ascii.charAt(i));
        }
        return this;
    }

    /**
     * Adds the number as {@link Double#toString} writes it, whole ones without a fraction; null
     * when it is none.
     */
    public JsonNumbers add(double value) {
        if (!Double.isFinite(value)) {
            return add("null");
        }
        if (value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE) {
            return add((long) value);
        }
        double size = Math.abs(value);
        return size < SMALLEST_PLAIN || size >= LARGEST_PLAIN || !addDecimals(value < 0, size)
                ? add(Double.toString(value))
                : this;
    }

    /** Adds a whole number. */
    public JsonNumbers add(long value) {
        if (value == Long.MIN_VALUE) {
            return add(Long.toString(value));
        }
        require(MOST_DIGITS);
        if (value < 0) {
            put('-');
        }
        putDigits(Math.abs(value));
        return this;
    }

    /**
     * Adds a time in milliseconds since 1970-01-01T00:00Z, in quotes, as Instant.toString has it.
     */
    JsonNumbers addTime(long epochMillis) {
        long day = Math.floorDiv(epochMillis, DAY_MILLIS);
        if (day != dateDay && !isDated(day)) {
            return add('"').add(Instant.ofEpochMilli(epochMillis).toString()).add('"');
        }
        require(TIME_LENGTH + 2);
        put('"');
        System.arraycopy(date, 0, text, size, DATE_LENGTH);
        size += DATE_LENGTH;
        int millis = Math.floorMod(epochMillis, DAY_MILLIS);
        putTwo('T', millis / 3_600_000);
        putTwo(':', millis / 60_000 % 60);
        putTwo(':', millis / 1_000 % 60);
        int fraction = millis % 1_000;
        if (fraction != 0) {
            put('.');
            putTwo((char) ('0' + fraction / 100), fraction % 100);
        }
        put('Z');
        put('"');
        return this;
    }

    // Days come in order, so the one before is mostly the one again.
    private boolean isDated(long day) {
        LocalDate when = LocalDate.ofEpochDay(day);
        if (when.getYear() < 0 || when.getYear() > LATEST_YEAR) {
            return false;
        }
        String written = when.toString();
        for (int i = 0; i < DATE_LENGTH; i++) {
            date[i] = (byte) written.charAt(i);
        }
        dateDay = day;
        return true;
    }

    /**
     * Adds a number that has at most six decimals, and says whether it has. A whole number divided
     * by a power of ten rounds as reading the decimal text does, and of decimals with at most
     * fifteen digits no two are the same double: the first that gives the number back is the
     * shortest there is, which is what {@link Double#toString} writes.
     */
    private boolean addDecimals(boolean isNegative, double size) {
        for (int scale = 1; scale < POWERS.length; scale++) {
            int power = POWERS[scale];
            long scaled = (long) Math.rint(size * power);
            if (scaled / (double) power == size) {
                require(MOST_DIGITS + 2);
                if (isNegative) {
                    put('-');
                }
                putDigits(scaled / power);
                put('.');
                int fraction = (int) (scaled % power);
                for (int digit = power / 10; digit > 0; digit /= 10) {
                    put((char) ('0' + fraction / digit % 10));
                }
                return true;
            }
        }
        return false;
    }

    private void putDigits(long value) {
        int digits = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            digits++;
        }
        long rest = value;
        for (int at = size + digits - 1; at >= size; at--) {
            text[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
    }

    private void putTwo(char before, int number) {
        put(before);
        put((char) ('0' + number / 10));
        put((char) ('0' + number % 10));
    }

    private void put(char ascii) {
        text[size++] = (byte) ascii;
    }

    private void require(int more) {
        if (text.length - size < more) {
            text = Arrays.copyOf(text, Math.max(2 * text.length, size + more));
        }
    }

    /** All of it. */
    @Override
    public String toString() {
        return new String(text, 0, size, StandardCharsets.ISO_8859_1);
    }
}

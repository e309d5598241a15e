package dev.vedette.ingestion.influx;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** A field's value: number, boolean or text. Used again for the next. Not thread-safe. */
final class FieldValue {
    private static final int MAX_LENGTH = 64;

    /** So many digits are a whole number that a double holds exactly. */
    private static final int EXACT_DIGITS = 15;

    private static final Set<String> YES = Set.of("t", "T", "true", "True", "TRUE");
    private static final Set<String> NO = Set.of("f", "F", "false", "False", "FALSE");

    // exact in a double up to 10^22; 15 digits need no more than these
    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private double number;
    private boolean text;

    double number() {
        return number;
    }

    boolean isText() {
        return text;
    }

    /**
     * Reads the value that starts there.
     *
     * @return just after it, at a comma, a space or the end; below 0 when it is none
     */
    int read(byte[] bytes, int from, int end) {
        text = from < end && bytes[from] == '"';
        if (text) {
            number = 0;
            return textEnd(bytes, from, end);
        }
        int to = from;
        while (to < end && bytes[to] != ',' && bytes[to] != ' ') {
            to++;
        }
        if (to == from || to - from > MAX_LENGTH) {
            return -1;
        }
        return isPlain(bytes, from, to) || isOther(bytes, from, to) ? to : -1;
    }

    private static int textEnd(byte[] bytes, int from, int end) {
        for (int i = from + 1; i < end; i++) {
            if (bytes[i] == '\\') {
                i++;
            } else if (bytes[i] == '"') {
                boolean last = i + 1 == end || bytes[i + 1] == ',' || bytes[i + 1] == ' ';
                return last ? i + 1 : -1;
            }
        }
        return -1;
    }

    // -12.5, 12, 12i: a whole number over a power of ten, both exact, so that their quotient is the
    // nearest double (W. Clinger, "How to read floating point numbers accurately", 1990, section 3)
    private boolean isPlain(byte[] bytes, int from, int to) {
        boolean negative = bytes[from] == '-';
        int last = bytes[to - 1] == 'i' || bytes[to - 1] == 'u' ? to - 1 : to;
        long digits = 0;
        int count = 0;
        int fraction = -1;
        for (int i = negative ? from + 1 : from; i < last; i++) {
            int digit = bytes[i] - '0';
            if (digit >= 0 && digit <= 9) {
                digits = 10 * digits + digit;
                count++;
                fraction += fraction >= 0 ? 1 : 0;
            } else if (bytes[i] == '.' && fraction < 0 && last == to) {
                fraction = 0;
            } else {
                return false;
            }
            if (count > EXACT_DIGITS) {
                return false;
            }
        }
        double magnitude = fraction > 0 ? digits / POWERS_OF_TEN[fraction] : digits;
        number = negative ? -magnitude : magnitude;
        return count > 0;
    }

    private boolean isOther(byte[] bytes, int from, int to) {
        String value = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        if (YES.contains(value) || NO.contains(value)) {
            number = YES.contains(value) ? 1 : 0;
            return true;
        }
        char first = value.charAt(0);
        boolean whole = value.endsWith("i") || value.endsWith("u");
        boolean starts = first == '-' || first == '+' || first == '.' || Character.isDigit(first);
        if (!starts || value.indexOf('x') >= 0 || value.indexOf('X') >= 0) {
            return false; // nor NaN, Infinity or hexadecimals, which Java would read
        }
        try {
            number =
                    whole
                            ? Long.parseLong(value.substring(0, value.length() - 1))
                            : Double.parseDouble(value);
            // Java's own suffixes are no part of the protocol
            return whole
                    || Character.isDigit(value.charAt(value.length() - 1))
                    || value.endsWith(".");
        } catch (NumberFormatException e) {
            return false;
        }
    }
}

package dev.vedette.evaluation;

/**
 * Reads timestamps as monitoring files write them: RFC 3339 with {@code T} or a blank, with or
 * without seconds, fraction and offset (none means UTC), or digits for seconds since 1970, or
 * milliseconds from 100 000 000 000 on.
 */
public final class Timestamps {
    private static final long FIRST_MILLIS = 100_000_000_000L;
    private static final int SECONDS_OF_DAY = 86_400;

    private Timestamps() {}

    /**
     * Milliseconds since 1970-01-01T00:00Z.
     *
     * @throws NumberFormatException when it is none of the forms; the message says which text
     */
    public static long parse(String text) {
        String trimmed = text.strip();
        if (trimmed.length() >= 16 && trimmed.charAt(4) == '-') {
            return calendar(trimmed);
        }
        try {
            double number = Double.parseDouble(trimmed);
            if (number >= 0 && number < 1e14) {
                return Math.round(number < FIRST_MILLIS ? number * 1000 : number);
            }
        } catch (NumberFormatException e) {
            throw wrong(text);
        }
        throw wrong(text);
    }

    private static long calendar(String s) {
        boolean shaped =
                s.charAt(7) == '-'
                        && (s.charAt(10) == 'T' || s.charAt(10) == ' ' || s.charAt(10) == 't')
                        && s.charAt(13) == ':';
        if (!shaped) {
            throw wrong(s);
        }
        int month = digits(s, 5, 2);
        int day = digits(s, 8, 2);
        int hour = digits(s, 11, 2);
        int minute = digits(s, 14, 2);
        boolean hasSeconds = s.length() > 16 && s.charAt(16) == ':';
        int second = hasSeconds ? digits(s, 17, 2) : 0;
        if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59) {
            throw wrong(s);
        }
        long seconds = epochDay(digits(s, 0, 4), month, day) * SECONDS_OF_DAY;
        seconds += hour * 3600L + minute * 60L + second;
        int at = hasSeconds ? 19 : 16;
        long millis = 0;
        if (at < s.length() && s.charAt(at) == '.') {
            int scale = 100;
            for (at++; at < s.length() && Character.isDigit(s.charAt(at)); at++) {
                millis += (long) (s.charAt(at) - '0') * scale;
                scale /= 10;
            }
        }
        return (seconds - offset(s, at)) * 1000 + millis;
    }

    private static long offset(String s, int at) {
        if (at == s.length() || (at + 1 == s.length() && "Zz".indexOf(s.charAt(at)) >= 0)) {
            return 0;
        }
        char sign = s.charAt(at);
        if ((sign != '+' && sign != '-') || s.length() < at + 5) {
            throw wrong(s);
        }
        int minutesAt = s.charAt(at + 3) == ':' ? at + 4 : at + 3;
        long seconds = digits(s, at + 1, 2) * 3600L + digits(s, minutesAt, 2) * 60L;
        return sign == '+' ? seconds : -seconds;
    }

    /**
     * Days since 1970-01-01. Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms",
     * days_from_civil.
     */
    private static long epochDay(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(y, 400);
        int yearOfEra = y - era * 400;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }

    private static int digits(String s, int from, int count) {
        int number = 0;
        for (int i = from; i < from + count; i++) {
            int digit = i < s.length() ? s.charAt(i) - '0' : -1;
            if (digit < 0 || digit > 9) {
                throw wrong(s);
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static NumberFormatException wrong(String text) {
        return new NumberFormatException(
                "'" + text + "' is no timestamp (RFC 3339, or seconds or milliseconds since 1970)");
    }
}

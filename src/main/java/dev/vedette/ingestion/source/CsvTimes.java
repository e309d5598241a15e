package dev.vedette.ingestion.source;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/**
 * Times as files have them: RFC 3339, the same without a zone (taken as UTC), a date, epoch seconds
 * or epoch milliseconds.
 */
final class CsvTimes {
    /** Beyond it a whole number is milliseconds: as seconds it would be the year 5138. */
    private static final long SECONDS_END = 100_000_000_000L;

    private CsvTimes() {}

    /** Epoch milliseconds of that text; empty when it is no time. */
    static Optional<Long> parse(String text) {
        try {
            if (text.length() > 10 && text.indexOf('-') == 4) {
                return Optional.of(dateTime(text.replace(' ', 't').toUpperCase(Locale.ROOT)));
            }
            if (text.indexOf('-') == 4) {
                return Optional.of(
                        LocalDate.parse(text)
                                .atStartOfDay()
                                .toInstant(ZoneOffset.UTC)
                                .toEpochMilli());
            }
            double number = Double.parseDouble(text);
            boolean seconds = Math.abs(number) < SECONDS_END;
            return Optional.of(Math.round(seconds ? number * 1000 : number));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static long dateTime(String text) {
        boolean zoned =
                text.endsWith("Z") || text.lastIndexOf('+') > 10 || text.lastIndexOf('-') > 10;
        return zoned
                ? OffsetDateTime.parse(text).toInstant().toEpochMilli()
                : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC).toEpochMilli();
    }
}

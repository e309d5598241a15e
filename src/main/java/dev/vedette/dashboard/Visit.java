package dev.vedette.dashboard;

import dev.vedette.series.TimeRange;
import dev.vedette.tenant.Tenant;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One request for a page: who looks at what, and how they like it.
 *
 * @param tenant whose data
 * @param rights what the reader's role opens
 * @param clock the reader's zone and the moment the page speaks from
 * @param window what the page shows
 * @param theme {@code light}, {@code dark}, or empty for what the system says
 * @param table whether charts stand as tables
 * @param narrow whether the page is drawn for a phone
 * @param base scheme and authority of the service, as the reader came to it
 * @param path of the page
 * @param query of the page, without the question mark
 */
record Visit(
        Tenant tenant,
        Rights rights,
        Clock clock,
        Window window,
        String theme,
        boolean table,
        boolean narrow,
        String base,
        String path,
        String query) {
    private static final Set<String> KEPT =
            Set.of(Beside.COMPARE, Beside.SIBLINGS, Beside.EVENTS, "table");

    /** The reader's language. */
    Language language() {
        return clock.language();
    }

    /** How much time one cell of the lanes takes. */
    Duration step() {
        return narrow ? window.length().narrowStep() : window.length().step();
    }

    /** The window in whole cells; the last one reaches past its end. */
    TimeRange cells() {
        return cells(window.range(), step());
    }

    static TimeRange cells(TimeRange range, Duration step) {
        long width = step.toMillis();
        long to = Math.ceilDiv(range.to().toEpochMilli(), width) * width;
        long columns = Math.ceilDiv(range.duration().toMillis(), width);
        return new TimeRange(Instant.ofEpochMilli(to - columns * width), Instant.ofEpochMilli(to));
    }

    /** The moment of that text: RFC 3339 in UTC, or what a field holds in the reader's zone. */
    Optional<Instant> moment(String text) {
        try {
            return Optional.of(
                    text.endsWith("Z")
                            ? Instant.parse(text)
                            : LocalDateTime.parse(text).atZone(clock.zone()).toInstant());
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    /** The moment as a field holds it. */
    String field(Instant at) {
        return LocalDateTime.ofInstant(at, clock.zone()).truncatedTo(ChronoUnit.MINUTES).toString();
    }

    /**
     * Its path with what stays when another window is chosen, ready for the window's parameters:
     * what is shown beside a chart, and whether charts stand as tables.
     */
    String stem() {
        StringBuilder stem = new StringBuilder(path).append('?');
        kept().forEach(pair -> stem.append(pair).append('&'));
        return stem.toString();
    }

    /** The parameters of the query that stay when another window is chosen. */
    List<String> kept() {
        return Arrays.stream(query.split("&", -1))
                .filter(pair -> KEPT.contains(pair.split("=", 2)[0]))
                .toList();
    }

    /** Path and query. */
    String self() {
        return query.isEmpty() ? path : path + "?" + query;
    }
}

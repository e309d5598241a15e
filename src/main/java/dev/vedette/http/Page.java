package dev.vedette.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One page of a list.
 *
 * @param items in the list's order
 * @param nextCursor what to send as {@code cursor} for the next page; null in JSON on the last
 * @param <T> an item of the answer
 */
public record Page<T>(
        List<T> items,
        @JsonProperty("next_cursor")
                @Schema(
                        implementation = String.class,
                        nullable = true,
                        description = "Send as ?cursor= for the next page; null on the last")
                Optional<String> nextCursor) {
    /** Copies the list. */
    public Page {
        items = List.copyOf(items);
    }

    /**
     * Cuts a page out of rows that were read with one more than the page's limit, which tells
     * whether there is a next page.
     *
     * @param rows at most {@code limit + 1}, in the list's order
     * @param limit most items of the page
     * @param item the answer's form of a row
     * @param cursor the cursor that continues after a row
     * @param <R> a row as stored
     * @param <T> an item of the answer
     */
    public static <R, T> Page<T> of(
            List<R> rows, int limit, Function<R, T> item, Function<R, String> cursor) {
        List<R> shown = rows.subList(0, Math.min(limit, rows.size()));
        Optional<String> next =
                rows.size() > limit ? Optional.of(cursor.apply(shown.getLast())) : Optional.empty();
        return new Page<>(shown.stream().map(item).toList(), next);
    }
}

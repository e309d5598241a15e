package dev.vedette.detection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place in the feed of changed anomalies: the last tick seen of every line. Lines have no order
 * among them, so this vector, and nothing less, says what was seen. As text it is the id of a
 * server-sent event. Immutable.
 *
 * @param at when it was the newest place; tells whether the feed still reaches back to it
 * @param ticks last tick seen, by line; as many as there are lines, each zero or more
 */
public record FeedCursor(Instant at, List<Long> ticks) {
    private static final int RADIX = 36;

    // Without the last line: the place of a version before there was one, where nothing was told.
    private static final Pattern FORM =
            Pattern.compile(
                    "[0-9a-z]{1,9}(\\.[0-9a-z]{1,12}){%d,%d}"
                            .formatted(AnomalyFeed.LINE_OF_PEERS, AnomalyFeed.LINES));

    /**
     * Copies.
     *
     * @throws IllegalArgumentException when there are not as many ticks as lines
     */
    public FeedCursor {
        ticks = List.copyOf(ticks);
        if (ticks.size() != AnomalyFeed.LINES) {
            throw new IllegalArgumentException(
                    "a cursor has " + AnomalyFeed.LINES + " ticks, not " + ticks.size());
        }
    }

    /** Before everything. */
    static FeedCursor start(Instant at) {
        return new FeedCursor(at, Collections.nCopies(AnomalyFeed.LINES, 0L));
    }

    /** The place of that text; empty when it is none. */
    public static Optional<FeedCursor> parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        String[] parts = text.split("\\.", -1);
        List<Long> ticks = new ArrayList<>(AnomalyFeed.LINES);
        for (int line = 1; line <= AnomalyFeed.LINES; line++) {
            ticks.add(line < parts.length ? Long.parseLong(parts[line], RADIX) : 0);
        }
        return Optional.of(
                new FeedCursor(Instant.ofEpochMilli(Long.parseLong(parts[0], RADIX)), ticks));
    }

    /** The same place but for one line. */
    FeedCursor with(Instant time, int line, long tick) {
        List<Long> moved = new ArrayList<>(ticks);
        moved.set(line, tick);
        return new FeedCursor(time, moved);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(Long.toString(at.toEpochMilli(), RADIX));
        ticks.forEach(tick -> text.append('.').append(Long.toString(tick, RADIX)));
        return text.toString();
    }
}

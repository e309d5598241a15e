package dev.vedette.http;

import java.util.Optional;
import java.util.UUID;

/** Ids that a caller sent as text. */
public final class Ids {
    private static final int LONGEST_SHOWN = 60;

    private Ids() {}

    /** The id of that text; empty when it is none. */
    public static Optional<UUID> find(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /**
     * The id of that text.
     *
     * @param what is looked up, such as "anomaly"
     * @throws ProblemException {@link ProblemKind#NOT_FOUND} when the text is no id, as nothing has
     *     that name
     */
    public static UUID of(String what, String text) {
        return find(text)
                .orElseThrow(() ->
                        ProblemException.notFound(
                                what, text.length() > LONGEST_SHOWN ? "…" : text));
    }
}

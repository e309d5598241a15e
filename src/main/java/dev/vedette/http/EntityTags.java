package dev.vedette.http;

import java.util.Optional;

/** Revisions of what can be edited, as {@code ETag} and {@code If-Match} carry them. */
public final class EntityTags {
    private EntityTags() {}

    /** The {@code ETag} of a revision. */
    public static String of(long revision) {
        return "\"" + revision + "\"";
    }

    /**
     * The revision that the caller has seen.
     *
     * @param ifMatch the header's value
     * @param what is edited, such as "threshold rule"
     * @param name of it
     * @throws ProblemException {@link ProblemKind#PRECONDITION_REQUIRED} without the header, {@link
     *     ProblemKind#PRECONDITION_FAILED} when it is no tag of this service
     */
    public static long revision(Optional<String> ifMatch, String what, String name) {
        String tag =
                ifMatch.map(String::strip)
                        .orElseThrow(() ->
                                ProblemException.of(
                                        ProblemKind.PRECONDITION_REQUIRED,
                                        "send the ETag of the "
                                                + what
                                                + " '"
                                                + name
                                                + "' as If-Match"));
        if (!tag.matches("\"[0-9]{1,18}\"")) {
            throw ProblemException.of(
                    ProblemKind.PRECONDITION_FAILED,
                    "If-Match is not an ETag of a " + what + "; read it again");
        }
        return Long.parseLong(tag.substring(1, tag.length() - 1));
    }
}

package dev.vedette.dashboard;

import java.util.List;

/**
 * The box in which a person says what an incident or anomaly was, always at the same place.
 *
 * @param incident of which; empty while the anomaly belongs to none
 * @param anomaly of which anomaly in it; empty: of all of it
 * @param about what it asks about, when that is not the page itself; may be empty
 * @param back the page it stands on
 * @param options what can be said, with what would follow
 * @param given what was said last, in a sentence; empty before
 * @param word names it, to take it back
 * @param suggested what follows from what was said
 * @param decided what somebody made of that
 * @param maySay whether the reader may say something
 * @param mayDecide whether the reader may apply what follows
 */
public record FeedbackCorner(
        String incident,
        String anomaly,
        String about,
        String back,
        List<Option> options,
        String given,
        String word,
        List<Suggested> suggested,
        List<Decided> decided,
        boolean maySay,
        boolean mayDecide) {
    /** Something that can be said: its value as the API names it, its words, its key. */
    public record Option(String value, String words, String key, List<String> effects) {}

    /**
     * A threshold that somebody can apply.
     *
     * @param words what it would do, in a sentence
     * @param tryHref where it is tried on the past
     */
    public record Suggested(String id, String words, String tryHref) {}

    /** A suggestion that somebody applied or put aside, in a sentence. */
    public record Decided(String id, String words) {}
}

package dev.vedette.dashboard;

/**
 * A sentence with one name in it that stands out.
 *
 * @param before what comes before the name
 * @param name the name; empty when the sentence does not hold it
 * @param after what comes after it
 */
public record Sentence(String before, String name, String after) {
    /** That text with the first place of that name in it. */
    public static Sentence of(String text, String name) {
        int at = text.indexOf(name);
        return at < 0
                ? new Sentence(text, "", "")
                : new Sentence(text.substring(0, at), name, text.substring(at + name.length()));
    }
}

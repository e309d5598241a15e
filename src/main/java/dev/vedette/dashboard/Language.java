package dev.vedette.dashboard;

import dev.vedette.explanation.Phrases;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A language that pages speak. What stands in templates is in Qute's message bundles, such as
 * {@link CommonTexts}; the sentences that are made of what was found are {@link #say said here},
 * from the bundle {@code messages/Pages}.
 */
public enum Language {
    /** English, which is also what those read who ask for a language that is not there. */
    ENGLISH("en", "English", Locale.UK),
    /** German. */
    GERMAN("de", "Deutsch", Locale.GERMANY);

    private static final int LONGEST_WISH = 1000;

    private final String tag;
    private final String ownName;
    private final Locale locale;

    @SuppressWarnings("ImmutableEnumChecker") // its bundle is read once
    private final Phrases sentences;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Phrases words;

    Language(String tag, String ownName, Locale locale) {
        this.tag = tag;
        this.ownName = ownName;
        this.locale = locale;
        this.sentences = new Phrases("messages.Pages", locale);
        this.words = new Phrases(locale);
    }

    /**
     * The language of a reader.
     *
     * @param chosen the tag they chose by hand; whatever is no language was not chosen
     * @param accepted what their browser asks for, as {@code Accept-Language} has it; may be empty
     */
    static Language of(String chosen, String accepted) {
        return ofTag(chosen).orElseGet(() -> wished(accepted));
    }

    /** The language of that tag. */
    static Optional<Language> ofTag(String tag) {
        return Arrays.stream(values()).filter(one -> one.tag.equals(tag)).findFirst();
    }

    private static Language wished(String accepted) {
        if (accepted.isBlank() || accepted.length() > LONGEST_WISH) {
            return ENGLISH;
        }
        try {
            List<String> tags = Arrays.stream(values()).map(Language::tag).toList();
            String best = Locale.lookupTag(Locale.LanguageRange.parse(accepted), tags);
            return best == null ? ENGLISH : ofTag(best).orElse(ENGLISH);
        } catch (IllegalArgumentException malformed) {
            return ENGLISH;
        }
    }

    /** Its tag, as in {@code lang} and {@code Accept-Language}: {@code en}. */
    public String tag() {
        return tag;
    }

    /** What it calls itself. */
    public String ownName() {
        return ownName;
    }

    /** How it writes numbers and dates. */
    public Locale locale() {
        return locale;
    }

    /** The language that the switch leads to. */
    public Language other() {
        return this == ENGLISH ? GERMAN : ENGLISH;
    }

    /** The words that pages share with messages and the API: names of metrics, states of health. */
    Phrases words() {
        return words;
    }

    /**
     * A sentence of {@code messages/Pages}.
     *
     * @param key which one
     * @param arguments what its places are filled with; numbers only where it chooses by them
     */
    String say(String key, Object... arguments) {
        return sentences.say(key, arguments);
    }

    /** Whether there is a sentence of that key. */
    boolean has(String key) {
        return sentences.has(key);
    }

    /** A count with the word for it, the one of the key: "1 node", "40 nodes". */
    String many(String key, long count) {
        return say(key, count, Figures.whole(count));
    }

    /** A count in words up to nine, in digits above. */
    String count(long count) {
        String key = "count." + count;
        return sentences.has(key) ? sentences.plain(key) : Figures.whole(count);
    }

    /** A count in words, as the first word of a sentence. */
    String firstCount(long count) {
        return Words.sentence(count(count));
    }

    /** What stands before the decimals of a number. */
    char point() {
        return this == ENGLISH ? '.' : ',';
    }

    /** A score with its two decimals. */
    String score(double score) {
        return Figures.SCORE.in(this).number(score);
    }

    /**
     * A share in percent.
     *
     * @param share 0 to 1, or more
     * @param decimals digits after the point
     */
    String percent(double share, int decimals) {
        return new Figures(1, decimals, "%").in(this).withUnit(100 * share);
    }
}

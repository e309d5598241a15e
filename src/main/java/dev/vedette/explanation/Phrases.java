package dev.vedette.explanation;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/**
 * The words of one language, from a message bundle: {@code messages/Explanations} unless another is
 * named. A language without a file speaks English. Immutable and thread-safe.
 */
public final class Phrases {
    private static final String BUNDLE = "messages.Explanations";

    /** English. */
    public static final Phrases ENGLISH = new Phrases(Locale.ENGLISH);

    private final Locale locale;
    private final ResourceBundle bundle;

    /** The words of that language; the locale also decides the decimal point and month names. */
    public Phrases(Locale locale) {
        this(BUNDLE, locale);
    }

    /** The words of that bundle in that language. */
    public Phrases(String bundle, Locale locale) {
        this.locale = locale;
        // Without the fallback of the JDK to the machine's own locale: the same words everywhere.
        this.bundle =
                ResourceBundle.getBundle(
                        bundle,
                        locale,
                        Phrases.class.getClassLoader(),
                        ResourceBundle.Control.getNoFallbackControl(
                                ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** The language and region. */
    public Locale locale() {
        return locale;
    }

    /** Whether there is a phrase of that key. */
    public boolean has(String key) {
        return bundle.containsKey(key);
    }

    /**
     * The phrase of that key as it is written, without filling anything in.
     *
     * @throws MissingResourceException when there is none
     */
    public String plain(String key) {
        return bundle.getString(key);
    }

    /**
     * At least one name in a row: "a", "a and b", "a, b and c", "a, b, c and 2 more".
     *
     * @param more how many there are besides, 0 or more
     */
    String list(List<String> names, int more) {
        if (more > 0) {
            return say("list.more", String.join(", ", names), more);
        }
        int last = names.size() - 1;
        return last == 0
                ? names.getFirst()
                : say("list.and", String.join(", ", names.subList(0, last)), names.get(last));
    }

    /**
     * The phrase of that key with the arguments filled in.
     *
     * @throws MissingResourceException when there is none
     */
    public String say(String key, Object... arguments) {
        return new MessageFormat(bundle.getString(key), locale).format(arguments);
    }
}

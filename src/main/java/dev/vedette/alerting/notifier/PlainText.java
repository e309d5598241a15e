package dev.vedette.alerting.notifier;

/**
 * Makes text of strangers harmless for a channel that takes plain text of a limited length. What
 * means something to a channel beyond that, its notifier escapes.
 */
final class PlainText {
    /** Most characters kept of what the other side said. */
    static final int SAID = 500;

    private static final String CUT = "…";

    private PlainText() {}

    /**
     * One line: control characters, line ends and what turns the direction of writing become
     * spaces.
     *
     * @param most characters of the result, at least 1; a longer text is cut and ends in …
     */
    static String line(String text, int most) {
        return cut(clean(text, false), most);
    }

    /** The same, with its line ends as {@code \n}. */
    static String lines(String text, int most) {
        return cut(clean(text, true), most);
    }

    private static String clean(String text, boolean keepsLines) {
        StringBuilder clean = new StringBuilder(text.length());
        text.replace("\r\n", "\n")
                .codePoints()
                .forEach(point -> {
                    if (point == '\n' && keepsLines) {
                        clean.append('\n');
                    } else {
                        clean.appendCodePoint(isHarmless(point) ? point : ' ');
                    }
                });
        return clean.toString().strip();
    }

    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE ->
                    false;
            case Character.FORMAT -> !isDirection(point);
            default -> true;
        };
    }

    // Embeddings, overrides and isolates of the Unicode Bidirectional Algorithm (UAX #9).
    private static boolean isDirection(int point) {
        return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
    }

    /**
     * The text with at most that many UTF-16 characters; never half of a surrogate pair.
     *
     * @param most at least 1
     */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - CUT.length();
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + CUT;
    }
}

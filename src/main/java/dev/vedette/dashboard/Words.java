package dev.vedette.dashboard;

/** Small words of the pages. */
final class Words {
    private static final String[] NUMBERS = {
        "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"
    };

    private Words() {}

    /** A count in words up to nine, in digits above. */
    static String count(long count) {
        return count >= 0 && count < NUMBERS.length ? NUMBERS[(int) count] : Figures.whole(count);
    }

    /** "1 account", "40 accounts": the one word, or the other. */
    static String many(long count, String one, String more) {
        return Figures.whole(count) + " " + (count == 1 ? one : more);
    }

    /** The text with its first letter large. */
    static String sentence(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}

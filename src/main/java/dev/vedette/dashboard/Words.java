package dev.vedette.dashboard;

/** Small words of the pages. */
final class Words {
    private Words() {}

    /** The text with its first letter large. */
    static String sentence(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}

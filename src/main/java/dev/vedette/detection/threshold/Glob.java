package dev.vedette.detection.threshold;

/** Patterns in which a star stands for any characters, none included. */
final class Glob {
    private Glob() {}

    /**
     * Whether the whole text fits. Goes back to the last star only, so the cost is at most the
     * product of both lengths, whatever the pattern.
     */
    static boolean fits(String pattern, String text) {
        int p = 0;
        int star = -1;
        int resume = 0;
        for (int t = 0; t < text.length(); ) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}

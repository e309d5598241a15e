package dev.vedette.dashboard;

import dev.vedette.http.Problem;

/** Small words of the pages. */
final class Words {
    private Words() {}

    /** The text with its first letter large. */
    static String sentence(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** Why something was refused, as a sentence. */
    static String refusal(Throwable refused) {
        return sentence(String.valueOf(refused.getMessage())) + ".";
    }

    /** What is wrong in a request and what to do about it, as a sentence. */
    static String refusal(Problem.Violation violation) {
        return sentence(violation.detail()) + ": " + violation.fix() + ".";
    }
}

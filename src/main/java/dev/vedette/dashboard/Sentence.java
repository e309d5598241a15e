package dev.vedette.dashboard;

import dev.vedette.detection.Anomaly;
import dev.vedette.explanation.Explainer;

/**
 * A sentence with one name in it that stands out.
 *
 * @param before what comes before the name
 * @param name the name; empty when the sentence does not hold it
 * @param after what comes after it
 * @param language what it speaks, which may be another than the page
 */
public record Sentence(String before, String name, String after, Language language) {
    /** That text with the first place of that name in it. */
    static Sentence of(String text, String name, Language language) {
        int at = text.indexOf(name);
        return at < 0
                ? new Sentence(text, "", "", language)
                : new Sentence(
                        text.substring(0, at), name, text.substring(at + name.length()), language);
    }

    /**
     * What is said of an anomaly: what detection wrote, and made anew for readers of another
     * language. What is said of a payment is there in English only.
     */
    static Sentence of(Anomaly anomaly, Clock clock) {
        Language language =
                anomaly.place().payment().isPresent() ? Language.ENGLISH : clock.language();
        String text =
                language == Language.ENGLISH
                        ? anomaly.explanation()
                        : new Explainer(language.words()).explain(anomaly, clock.zone()).text();
        return of(text, anomaly.place().nodeId(), language);
    }

    /** All of it. */
    String text() {
        return before + name + after;
    }
}

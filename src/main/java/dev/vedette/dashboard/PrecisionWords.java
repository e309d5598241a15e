package dev.vedette.dashboard;

import dev.vedette.transaction.review.Precision;
import java.util.List;
import java.util.stream.Collectors;

/** How right rules and models were, in short words. */
final class PrecisionWords {
    private PrecisionWords() {}

    /**
     * Of the rule or model of that name: "3 of 4 were fraud, 0.75", and of its time in shadow, when
     * it had no effect.
     */
    static String of(List<Precision> all, Precision.Kind what, String name, Language language) {
        String words =
                all.stream()
                        .filter(one -> one.what() == what && one.name().equals(name))
                        .map(one -> of(one, language))
                        .collect(Collectors.joining("; "));
        return words.isEmpty() ? language.say("precision.none") : words;
    }

    private static String of(Precision one, Language language) {
        long told = one.fraud() + one.legitimate();
        String words =
                told == 0
                        ? language.say("precision.unsure", Figures.whole(one.unsure()))
                        : language.say(
                                "precision.told",
                                one.fraud(),
                                Figures.whole(one.fraud()),
                                Figures.whole(told),
                                language.score((double) one.fraud() / told));
        return one.isOfShadow() ? language.say("precision.shadow", words) : words;
    }
}

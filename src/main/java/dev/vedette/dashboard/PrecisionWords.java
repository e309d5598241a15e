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
    static String of(List<Precision> all, Precision.Kind what, String name) {
        String words =
                all.stream()
                        .filter(one -> one.what() == what && one.name().equals(name))
                        .map(PrecisionWords::of)
                        .collect(Collectors.joining("; "));
        return words.isEmpty() ? "nobody said" : words;
    }

    private static String of(Precision one) {
        String mode = one.isOfShadow() ? "in shadow " : "";
        long told = one.fraud() + one.legitimate();
        if (told == 0) {
            return mode + Figures.whole(one.unsure()) + " unsure";
        }
        return mode
                + Figures.whole(one.fraud())
                + " of "
                + Figures.whole(told)
                + (one.fraud() == 1 ? " was fraud, " : " were fraud, ")
                + Figures.SCORE.number((double) one.fraud() / told);
    }
}

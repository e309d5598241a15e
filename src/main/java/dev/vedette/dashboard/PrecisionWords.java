package dev.vedette.dashboard;

import dev.vedette.transaction.review.Precision;
import java.util.List;

/** How right rules and models were, in short words. */
final class PrecisionWords {
    private PrecisionWords() {}

    /** Of the rule or model of that name: "3 of 4 were fraud, 0.75"; of both modes of a rule. */
    static String of(List<Precision> all, Precision.Kind what, String name) {
        long fraud = 0;
        long told = 0;
        long unsure = 0;
        for (Precision one : all) {
            if (one.what() == what && one.name().equals(name)) {
                fraud += one.fraud();
                told += one.fraud() + one.legitimate();
                unsure += one.unsure();
            }
        }
        if (told == 0) {
            return unsure == 0 ? "nobody said" : Figures.whole(unsure) + " unsure";
        }
        return Figures.whole(fraud)
                + " of "
                + Figures.whole(told)
                + (fraud == 1 ? " was fraud, " : " were fraud, ")
                + Figures.SCORE.number((double) fraud / told);
    }
}

package dev.vedette.dashboard;

import dev.vedette.transaction.Transaction;
import dev.vedette.transaction.feature.FeatureSpec;
import dev.vedette.transaction.feature.FeatureWindow;
import java.time.Duration;

/** Features of a transaction in plain words, against what is usual where the feature knows that. */
final class FeatureWords {
    private static final Figures ONE = new Figures(1, 1, "");
    private static final double MOST_ONE_IN = 1e6;
    private static final double MOST_PAYMENTS = 1.5;
    private static final int HOURS = 24;

    private FeatureWords() {}

    /** A feature that is declared. */
    static TransactionView.Feature of(
            FeatureSpec spec, double value, Transaction transaction, boolean strange) {
        return new TransactionView.Feature(
                spec.name(),
                what(spec),
                value(spec, value),
                usual(spec, value, transaction),
                strange);
    }

    /** A feature that is declared no more. */
    static TransactionView.Feature unknown(String name, double value, boolean strange) {
        return new TransactionView.Feature(name, "", number(value), "", strange);
    }

    private static String what(FeatureSpec spec) {
        String of = spec.entity() + within(spec);
        return switch (spec.function()) {
            case AMOUNT -> "amount";
            case HOUR_OF_DAY -> "hour of the day, UTC";
            case DAY_OF_WEEK -> "day of the week, 1 is Monday";
            case COUNT -> "payments of the " + of + ", this one too";
            case SUM -> "spent by the " + of + ", this one too";
            case MEAN -> "mean amount of the " + of;
            case DEVIATION -> "spread of amounts of the " + of;
            case LEAST -> "least amount of the " + of;
            case MOST -> "largest amount of the " + of;
            case DISTINCT -> "different values of " + spec.of() + " of the " + of;
            case SINCE_LAST -> "since the payment of the " + of + " before";
            case RATIO_TO_MEAN -> "amount against the mean of the " + of;
            case FIRST_SEEN -> spec.of() + " new to the " + of;
            case AMOUNT_Z, AMOUNT_ROBUST_Z -> "amount, deviations from the usual of the " + of;
            case AMOUNT_FENCE -> "amount, ranges above the usual of the " + of;
            case BURST -> "payments of the " + of + ", deviations from its pace";
            case SURPRISE -> "how rare this " + spec.of() + " is for the " + of;
            case HOUR_SURPRISE -> "how rare this hour is for the " + of;
        };
    }

    private static String within(FeatureSpec spec) {
        FeatureWindow window = spec.window();
        return window == null ? "" : " within " + window.id();
    }

    private static String value(FeatureSpec spec, double value) {
        return switch (spec.function()) {
            case FIRST_SEEN -> value > 0 ? "yes" : "no";
            case SINCE_LAST -> Clock.span(Duration.ofSeconds((long) value));
            case RATIO_TO_MEAN -> number(value) + " times";
            case SURPRISE -> often(Math.exp(value));
            case HOUR_SURPRISE -> often(HOURS * Math.exp(value));
            case AMOUNT, SUM, MEAN, DEVIATION, LEAST, MOST -> Figures.SCORE.number(value);
            case HOUR_OF_DAY,
                    DAY_OF_WEEK,
                    COUNT,
                    DISTINCT,
                    AMOUNT_Z,
                    AMOUNT_ROBUST_Z,
                    AMOUNT_FENCE,
                    BURST ->
                    number(value);
        };
    }

    // Only what follows from the feature itself: a ratio tells its mean, a deviation its middle.
    private static String usual(FeatureSpec spec, double value, Transaction transaction) {
        return switch (spec.function()) {
            case AMOUNT_Z, AMOUNT_ROBUST_Z, BURST -> "0";
            case AMOUNT_FENCE -> "0 or less";
            case RATIO_TO_MEAN ->
                    value > 0
                            ? Figures.SCORE.number(transaction.amount() / value) + " on average"
                            : "";
            case HOUR_SURPRISE -> "one in " + HOURS + " if all hours were alike";
            case FIRST_SEEN -> "no";
            case AMOUNT,
                    HOUR_OF_DAY,
                    DAY_OF_WEEK,
                    COUNT,
                    SUM,
                    MEAN,
                    DEVIATION,
                    LEAST,
                    MOST,
                    DISTINCT,
                    SINCE_LAST,
                    SURPRISE ->
                    "";
        };
    }

    private static String often(double oneIn) {
        if (oneIn < MOST_PAYMENTS) {
            return "most payments";
        }
        return "one payment in " + (oneIn > MOST_ONE_IN ? "over a million" : number(oneIn));
    }

    // With a decimal where it has one and is small.
    private static String number(double value) {
        boolean whole = value == Math.rint(value) || Math.abs(value) >= 100;
        return (whole ? Figures.COUNT : ONE).number(value);
    }
}

package dev.vedette.dashboard;

import dev.vedette.transaction.Transaction;
import dev.vedette.transaction.feature.FeatureSpec;
import dev.vedette.transaction.feature.FeatureWindow;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/** Features of a transaction in plain words, against what is usual where the feature knows that. */
record FeatureWords(Language language) {
    private static final Figures ONE = new Figures(1, 1, "");
    private static final double MOST_ONE_IN = 1e6;
    private static final double MOST_PAYMENTS = 1.5;
    private static final int HOURS = 24;

    /** A feature that is declared. */
    TransactionView.Feature of(
            FeatureSpec spec, double value, Transaction transaction, boolean strange) {
        return new TransactionView.Feature(
                spec.name(),
                what(spec),
                value(spec, value),
                usual(spec, value, transaction),
                strange);
    }

    /** A feature that is declared no more. */
    TransactionView.Feature unknown(String name, double value, boolean strange) {
        return new TransactionView.Feature(name, "", number(value), "", strange);
    }

    private String what(FeatureSpec spec) {
        String key = "feature." + spec.function().name().toLowerCase(Locale.ROOT);
        String field = Objects.requireNonNullElse(spec.of(), "");
        return language.say(key, spec.entity() + within(spec), field);
    }

    private String within(FeatureSpec spec) {
        FeatureWindow window = spec.window();
        return window == null ? "" : " " + language.say("feature.within", window.id());
    }

    private String value(FeatureSpec spec, double value) {
        return switch (spec.function()) {
            case FIRST_SEEN -> language.say(value > 0 ? "feature.yes" : "feature.no");
            case SINCE_LAST -> Clock.span(Duration.ofSeconds((long) value));
            case RATIO_TO_MEAN -> language.say("feature.times", number(value));
            case SURPRISE -> often(Math.exp(value));
            case HOUR_SURPRISE -> often(HOURS * Math.exp(value));
            case AMOUNT, SUM, MEAN, DEVIATION, LEAST, MOST -> language.score(value);
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
    private String usual(FeatureSpec spec, double value, Transaction transaction) {
        return switch (spec.function()) {
            case AMOUNT_Z, AMOUNT_ROBUST_Z, BURST -> "0";
            case AMOUNT_FENCE -> language.say("feature.orLess");
            case RATIO_TO_MEAN ->
                    value > 0
                            ? language.say(
                                    "feature.average", language.score(transaction.amount() / value))
                            : "";
            case HOUR_SURPRISE -> language.say("feature.alike", Integer.toString(HOURS));
            case FIRST_SEEN -> language.say("feature.no");
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

    private String often(double oneIn) {
        if (oneIn < MOST_PAYMENTS) {
            return language.say("feature.mostPayments");
        }
        return oneIn > MOST_ONE_IN
                ? language.say("feature.rarest")
                : language.say("feature.oneIn", number(oneIn));
    }

    // With a decimal where it has one and is small.
    private String number(double value) {
        boolean whole = value == Math.rint(value) || Math.abs(value) >= 100;
        return (whole ? Figures.COUNT : ONE).in(language).number(value);
    }
}

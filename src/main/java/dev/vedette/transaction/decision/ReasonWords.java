package dev.vedette.transaction.decision;

import dev.vedette.transaction.Outcome;
import dev.vedette.transaction.feature.FeatureSpec;
import dev.vedette.transaction.feature.FeatureWindow;
import java.util.Locale;

/** Reasons in plain words. */
public final class ReasonWords {
    private static final double MOST_ONE_IN = 1e6;

    private ReasonWords() {}

    /**
     * One sentence without a full stop, such as "country BR is unusual for this account (once in
     * 669)".
     */
    public static String of(Ground reason) {
        return switch (reason) {
            case Ground.UnusualFeature unusual -> feature(unusual) + " " + onceIn(unusual.rarity());
            case Ground.UnusualCombination(double rarity, var features, double _) ->
                    "the combination of "
                            + String.join(", ", features)
                            + " is unusual "
                            + onceIn(rarity);
            case Ground.StrangeLately(double _, double _) ->
                    "other transactions of the same account or merchant were strange in the last"
                            + " hours";
            case Ground.RuleApplied(String rule, Outcome outcome, double _) ->
                    "rule " + rule + " applied: " + outcome.label();
            case Ground.LimitExceeded(FeatureLimit limit, double value, double _) ->
                    "%s is %s, above its limit %s"
                            .formatted(limit.feature(), number(value), number(limit.most()));
        };
    }

    private static String feature(Ground.UnusualFeature unusual) {
        FeatureSpec spec = unusual.feature();
        String who = "this " + spec.entity();
        String number = number(unusual.value());
        return switch (spec.function()) {
            case AMOUNT_Z, AMOUNT_ROBUST_Z ->
                    "the amount is " + number + " standard deviations above the usual of " + who;
            case AMOUNT_FENCE -> "the amount lies " + number + " ranges above the usual of " + who;
            case RATIO_TO_MEAN -> "the amount is " + number + " times the mean of " + who;
            case BURST -> "more transactions of " + who + within(spec) + " than its pace";
            case COUNT -> number + " transactions of " + who + within(spec);
            case SUM -> number + " spent by " + who + within(spec);
            case DISTINCT ->
                    number + " different values of " + spec.of() + " of " + who + within(spec);
            case SURPRISE, FIRST_SEEN ->
                    spec.of() + " " + unusual.about() + " is unusual for " + who;
            case HOUR_SURPRISE -> who + " is seldom active at this hour";
            case SINCE_LAST -> who + " had no transaction for " + number + " seconds";
            case AMOUNT, HOUR_OF_DAY, DAY_OF_WEEK, MEAN, DEVIATION, LEAST, MOST ->
                    spec.name() + " is " + number;
        };
    }

    private static String within(FeatureSpec spec) {
        FeatureWindow window = spec.window();
        return window == null ? "" : " within " + window.id();
    }

    private static String onceIn(double rarity) {
        double count = Math.pow(10, rarity);
        return count > MOST_ONE_IN
                ? "(less than once in a million)"
                : String.format(Locale.ROOT, "(once in %,d)", Math.round(count));
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.1f" : "%.0f", value);
    }
}

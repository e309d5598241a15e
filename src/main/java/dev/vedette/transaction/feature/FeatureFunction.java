package dev.vedette.transaction.feature;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a feature computes. An entity is all transactions that share the value of a field, such as
 * one account. Unless said otherwise a feature speaks of transactions before this one; where the
 * transaction has no such entity it is 0.
 */
public enum FeatureFunction {
    /** The amount. */
    AMOUNT(Needs.NOTHING),
    /** Hour of the day in UTC, 0 to 23. */
    HOUR_OF_DAY(Needs.NOTHING),
    /** Day of the week in UTC, 1 for Monday to 7 for Sunday. */
    DAY_OF_WEEK(Needs.NOTHING),
    /** Transactions of the entity in the window, this one included. */
    COUNT(Needs.WINDOW),
    /** Their amounts together, this one included. */
    SUM(Needs.WINDOW),
    /** Mean amount in the window; of an entity without any, the population's. */
    MEAN(Needs.WINDOW),
    /** Standard deviation of amounts in the window; of fewer than two, 0. */
    DEVIATION(Needs.WINDOW),
    /** Least amount in the window, this one included. */
    LEAST(Needs.WINDOW),
    /** Largest amount in the window, this one included. */
    MOST(Needs.WINDOW),
    /** Different values of another field in the window, this one's included; at most 256. */
    DISTINCT(Needs.WINDOW_AND_FIELD),
    /** Seconds since the entity's transaction before; of its first, 30 days. */
    SINCE_LAST(Needs.ENTITY),
    /** The amount over the entity's mean in the window; over the population's where it has none. */
    RATIO_TO_MEAN(Needs.WINDOW),
    /** 1 when the entity has not been seen with this value of another field before, else 0. */
    FIRST_SEEN(Needs.FIELD),
    /** The amount's logarithm in standard deviations from the entity's mean. */
    AMOUNT_Z(Needs.ENTITY),
    /** The same by median and interquartile range of its last 32. */
    AMOUNT_ROBUST_Z(Needs.ENTITY),
    /** How many interquartile ranges the amount's logarithm lies above the third quartile. */
    AMOUNT_FENCE(Needs.ENTITY),
    /** Transactions in the window, in standard deviations from what the entity's pace predicts. */
    BURST(Needs.WINDOW),
    /** Minus the logarithm of how often the entity has this value of another field. */
    SURPRISE(Needs.FIELD),
    /** Minus the logarithm of how often the entity is active at this hour, over an even spread. */
    HOUR_SURPRISE(Needs.ENTITY);

    private final Needs needs;

    FeatureFunction(Needs needs) {
        this.needs = needs;
    }

    /** Its name in declarations: lower case, words joined by an underscore. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is about an entity. */
    public boolean needsEntity() {
        return needs != Needs.NOTHING;
    }

    /** Whether it looks back over a window. */
    public boolean needsWindow() {
        return needs == Needs.WINDOW || needs == Needs.WINDOW_AND_FIELD;
    }

    /** Whether it looks at another field. */
    public boolean needsField() {
        return needs == Needs.FIELD || needs == Needs.WINDOW_AND_FIELD;
    }

    /** The function of that name, if there is one. */
    public static Optional<FeatureFunction> find(String id) {
        return Arrays.stream(values()).filter(one -> one.id().equals(id)).findFirst();
    }

    private enum Needs {
        NOTHING,
        ENTITY,
        WINDOW,
        FIELD,
        WINDOW_AND_FIELD
    }
}

package dev.vedette.explanation;

import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Optional;

/**
 * Writes the values of one sentence on one scale: the same unit and decimals for a value and the
 * usual range beside it. The scale follows the largest of them; the decimals let the range's ends
 * differ in more than one digit, and never round a value that lies outside the range into it.
 * Thousands are set apart by a narrow space, a minus is a true minus. Immutable, not thread-safe.
 */
public final class Quantities {
    private static final int MOST_EXTRA_DECIMALS = 4;
    private static final int SIGNIFICANT = 4;

    private final Phrases phrases;
    private final Unit.Step step;
    private final double lower;
    private final double upper;
    private final DecimalFormat format;

    /**
     * A scale for values of that unit.
     *
     * @param unit as the client sent it
     * @param lower lower end of the usual range; NaN when there is none
     * @param upper upper end of the usual range; NaN when there is none
     * @param values what else will be written; not finite ones are left out of account
     */
    public Quantities(
            Phrases phrases, Optional<String> unit, double lower, double upper, double... values) {
        this.phrases = phrases;
        Unit sent = Unit.of(unit);
        this.lower = sent.limits().lower(lower, upper);
        this.upper = sent.limits().upper(lower, upper);
        double largest = Math.max(size(this.lower), size(this.upper));
        for (double value : values) {
            largest = Math.max(largest, size(value));
        }
        this.step = sent.stepFor(largest);
        this.format = new DecimalFormat("#,##0", symbols(phrases));
        this.format.setRoundingMode(RoundingMode.HALF_EVEN);
        setDecimals(decimals(largest / step.factor(), values));
        for (int extra = 0; extra < MOST_EXTRA_DECIMALS && anyRoundsInto(values); extra++) {
            setDecimals(format.getMaximumFractionDigits() + 1);
        }
    }

    /** The number alone. */
    public String number(double value) {
        double scaled = value / step.factor();
        String text = format.format(scaled);
        // What rounds to zero has no sign.
        return scaled < 0 && text.equals(format.format(-0.0)) ? format.format(0) : text;
    }

    /** The number with its unit: "97 %", "14.2 GiB". */
    public String amount(double value) {
        return withUnit(number(value));
    }

    /**
     * The usual range with its unit: "31–48 %". One number when both ends are written alike; "−3 to
     * 4" when one is below zero. The ends keep to what the unit allows: no percentage below 0, no
     * half error.
     */
    public String range() {
        String from = number(lower);
        String to = number(upper);
        if (from.equals(to)) {
            return withUnit(from);
        }
        return withUnit(phrases.say(lower < 0 ? "range.signed" : "range", from, to));
    }

    /**
     * How far the value lies beyond the nearer end of the usual range, as those two are written, so
     * that a reader who subtracts agrees: "49 points" of a percentage, "1.5 GiB", "12".
     */
    public String beyond(double value) {
        double end = value >= upper ? upper : lower;
        double distance = Math.abs(rounded(value) - rounded(end));
        String number = format.format(distance);
        return step.symbol().equals("%")
                ? phrases.say("points", number, distance)
                : withUnit(number);
    }

    /** The number as it is written, in the step's unit. */
    private double rounded(double value) {
        double tens = Math.pow(10, format.getMaximumFractionDigits());
        return Math.rint(value / step.factor() * tens) / tens;
    }

    private String withUnit(String number) {
        return step.symbol().isEmpty()
                ? phrases.say("amount.plain", number)
                : phrases.say("amount", number, step.symbol());
    }

    private int decimals(double largest, double... values) {
        boolean whole = isWhole(lower) && isWhole(upper);
        for (double value : values) {
            whole &= isWhole(value);
        }
        if (whole || largest == 0) {
            return 0;
        }
        double width = (upper - lower) / step.factor();
        double grain = width > 0 ? width : largest / 10;
        // Twice: a range from 5 to 10 wide still reads well in whole numbers.
        int wanted = 1 - (int) Math.floor(Math.log10(2 * grain));
        int sensible = SIGNIFICANT - 1 - (int) Math.floor(Math.log10(largest));
        return Math.clamp(wanted, 0, Math.max(0, sensible));
    }

    private boolean anyRoundsInto(double... values) {
        for (double value : values) {
            boolean below = value < lower && number(value).equals(number(lower));
            boolean above = value > upper && number(value).equals(number(upper));
            if (below || above) {
                return true;
            }
        }
        return false;
    }

    private void setDecimals(int decimals) {
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
    }

    private boolean isWhole(double value) {
        double scaled = value / step.factor();
        return !Double.isFinite(value) || scaled == Math.rint(scaled);
    }

    private static double size(double value) {
        return Double.isFinite(value) ? Math.abs(value) : 0;
    }

    private static DecimalFormatSymbols symbols(Phrases phrases) {
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(phrases.locale());
        symbols.setGroupingSeparator('\u202f');
        symbols.setMinusSign('\u2212');
        return symbols;
    }
}

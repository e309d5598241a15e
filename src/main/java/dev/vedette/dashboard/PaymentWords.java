package dev.vedette.dashboard;

import dev.vedette.transaction.Decision;
import dev.vedette.transaction.Outcome;
import dev.vedette.transaction.Transaction;
import java.util.Currency;

/** A payment and its decision in short words. */
final class PaymentWords {
    private static final int USUAL_DECIMALS = 2;

    private PaymentWords() {}

    /** The amount with the decimals of its currency: "1 290.00 EUR". */
    static String amount(Transaction of) {
        return new Figures(1, decimals(of), of.currency()).withUnit(of.amount());
    }

    private static int decimals(Transaction of) {
        try {
            int digits = Currency.getInstance(of.currency()).getDefaultFractionDigits();
            return of.amount() == Math.rint(of.amount())
                    ? Math.max(0, digits)
                    : Math.max(USUAL_DECIMALS, digits);
        } catch (IllegalArgumentException unknown) {
            return USUAL_DECIMALS;
        }
    }

    /** Whom it goes to; who pays when that is not known. */
    static String to(Transaction of) {
        return of.text("merchant").map(name -> "to " + name).orElse("from " + of.account());
    }

    /** Who pays whom. */
    static String who(Transaction of) {
        return of.account() + of.text("merchant").map(name -> " to " + name).orElse("");
    }

    /** What became of it. */
    static String became(Outcome outcome) {
        return switch (outcome) {
            case APPROVE -> "was approved";
            case REVIEW -> "is for a person to review";
            case DECLINE -> "was declined";
        };
    }

    /** The outcome in a word. */
    static String outcome(Outcome outcome) {
        return switch (outcome) {
            case APPROVE -> "approved";
            case REVIEW -> "review";
            case DECLINE -> "declined";
        };
    }

    /** The score, marked by what was decided: rules may be stricter than the score alone. */
    static ScoreMark mark(Decision decision) {
        String text = Figures.SCORE.number(decision.score());
        String state =
                switch (decision.outcome()) {
                    case APPROVE -> "quiet";
                    case REVIEW -> "warn";
                    case DECLINE -> "crit";
                };
        return new ScoreMark(state, text, outcome(decision.outcome()), decision.score());
    }
}

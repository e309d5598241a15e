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
    static String amount(Transaction of, Language language) {
        return new Figures(1, decimals(of), of.currency()).in(language).withUnit(of.amount());
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
    static String to(Transaction of, Language language) {
        return of.text("merchant")
                .map(name -> language.say("payment.to", name))
                .orElse(language.say("payment.from", of.account()));
    }

    /** Who pays whom. */
    static String who(Transaction of, Language language) {
        return of.text("merchant")
                .map(name -> language.say("payment.who", of.account(), name))
                .orElse(of.account());
    }

    /** The outcome in a word. */
    static String outcome(Outcome outcome, Language language) {
        return language.say("outcome." + outcome.label());
    }

    /** The score, marked by what was decided: rules may be stricter than the score alone. */
    static ScoreMark mark(Decision decision, Language language) {
        String text = language.score(decision.score());
        String state =
                switch (decision.outcome()) {
                    case APPROVE -> "quiet";
                    case REVIEW -> "warn";
                    case DECLINE -> "crit";
                };
        return new ScoreMark(state, text, outcome(decision.outcome(), language), decision.score());
    }
}

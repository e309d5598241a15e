package dev.vedette.simulation;

import java.util.Locale;

/** The kinds of fraud that simulated payments hold. */
public enum FraudPattern {
    /** Many tiny payments with one card within minutes, then a large one. */
    CARD_TESTING,
    /** Large payments from a new device, far from home, at night. */
    ACCOUNT_TAKEOVER,
    /** Payments just below a round limit, one after the other. */
    AMOUNT_SPLITTING,
    /** Several payments in a country the account was never in. */
    NEW_COUNTRY_SPREE,
    /** Many accounts pay round, large amounts to one merchant within an hour. */
    MERCHANT_COLLUSION;

    /** The name in labels: in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

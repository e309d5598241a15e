package dev.vedette.transaction.feature;

import dev.vedette.transaction.Attributes;
import dev.vedette.transaction.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Payments for tests: single ones, and streams of accounts with habits. */
public final class Payments {
    /** A Thursday at midnight. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final int ACCOUNTS = 40;

    private Payments() {}

    /** One payment. */
    public static Transaction payment(
            String account,
            long secondsAfterStart,
            double amount,
            String merchant,
            String country) {
        return new Transaction(
                account + "-" + secondsAfterStart,
                account,
                START.plusSeconds(secondsAfterStart),
                amount,
                "EUR",
                merchant,
                country,
                "pos",
                Attributes.NONE);
    }

    /** A stream without fraud, in order of time: about three payments of an account a day. */
    public static List<Transaction> ordinary(int count, long seed) {
        Random random = new Random(seed);
        List<Transaction> all = new ArrayList<>();
        long at = 0;
        for (int i = 0; i < count; i++) {
            at += 1 + (long) (-Math.log(1 - random.nextDouble()) * 86_400 / ACCOUNTS / 3);
            int account = random.nextInt(ACCOUNTS);
            double amount = Math.exp(2 + account % 5 * 0.4 + 0.5 * random.nextGaussian());
            String merchant = "m" + (account + random.nextInt(5)) % 30;
            all.add(payment("a" + account, at, amount, merchant, account % 4 == 0 ? "DE" : "CZ"));
        }
        return all;
    }
}

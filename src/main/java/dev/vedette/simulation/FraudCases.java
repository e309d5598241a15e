package dev.vedette.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The frauds of a day: which accounts, when, and the payments they consist of. */
final class FraudCases {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final List<String> FAR = List.of("NG", "BR", "VN", "PH", "MX", "ID");

    private static final List<FraudPattern> PATTERNS = List.of(FraudPattern.values());

    private final long seed;
    private final Accounts accounts;
    private final int perDay;

    FraudCases(long seed, Accounts accounts, int perDay) {
        this.seed = seed;
        this.accounts = accounts;
        this.perDay = perDay;
    }

    /** All fraudulent payments that begin on that day since 1970, in no order. */
    List<SimulatedPayment> of(long day) {
        List<SimulatedPayment> payments = new ArrayList<>();
        for (int number = 0; number < perDay; number++) {
            Random random = new Random((seed * 31 + day) * 1_000_003 + number);
            random.nextDouble();
            // each kind in turn, so that a few days hold all
            FraudPattern pattern =
                    PATTERNS.get(Math.floorMod(day * perDay + number, PATTERNS.size()));
            new Case("f-" + day + "-" + number, pattern, random, day * DAY).play(payments);
        }
        return payments;
    }

    /** One fraud at work. */
    private final class Case {
        private final String id;
        private final FraudPattern pattern;
        private final Random random;
        private final Accounts.Habits victim;
        private final long start;

        Case(String id, FraudPattern pattern, Random random, long midnight) {
            this.id = id;
            this.pattern = pattern;
            this.random = random;
            this.victim = accounts.of(random.nextInt(accounts.count()));
            this.start = midnight + 8 * HOUR + random.nextLong(12 * HOUR);
        }

        void play(List<SimulatedPayment> into) {
            switch (pattern) {
                case CARD_TESTING -> cardTesting(into);
                case ACCOUNT_TAKEOVER -> takeover(into);
                case AMOUNT_SPLITTING -> splitting(into);
                case NEW_COUNTRY_SPREE -> spree(into);
                case MERCHANT_COLLUSION -> collusion(into);
            }
        }

        private void cardTesting(List<SimulatedPayment> into) {
            int tries = 12 + random.nextInt(14);
            for (int i = 0; i < tries; i++) {
                double amount = 0.5 + 1.5 * random.nextDouble();
                add(
                        into,
                        victim,
                        start + i * 20_000L,
                        amount,
                        "gift-cards",
                        victim.country(),
                        true,
                        "x");
            }
            long then = start + tries * 20_000L + 5 * MINUTE;
            add(
                    into,
                    victim,
                    then,
                    15 * victim.amount(),
                    "gift-cards",
                    victim.country(),
                    true,
                    "x");
        }

        private void takeover(List<SimulatedPayment> into) {
            String country = FAR.get(random.nextInt(FAR.size()));
            long night = start - Math.floorMod(start, DAY) + DAY + 2 * HOUR;
            for (int i = 0; i < 3 + random.nextInt(4); i++) {
                double amount = victim.amount() * (6 + 8 * random.nextDouble());
                String shop = Accounts.merchant(random.nextInt(Accounts.MERCHANTS));
                add(into, victim, night + 8 * MINUTE * i, amount, shop, country, true, "new");
            }
        }

        private void splitting(List<SimulatedPayment> into) {
            String shop = Accounts.merchant(random.nextInt(Accounts.MERCHANTS));
            for (int i = 0; i < 8; i++) {
                double amount = 990 + 9 * random.nextDouble();
                add(
                        into,
                        victim,
                        start + 12 * MINUTE * i,
                        amount,
                        shop,
                        victim.country(),
                        true,
                        null);
            }
        }

        private void spree(List<SimulatedPayment> into) {
            String country = FAR.get(random.nextInt(FAR.size()));
            for (int i = 0; i < 6; i++) {
                double amount = victim.amount() * (1 + 3 * random.nextDouble());
                add(
                        into,
                        victim,
                        start + 25 * MINUTE * i,
                        amount,
                        "mall-" + country,
                        country,
                        false,
                        null);
            }
        }

        private void collusion(List<SimulatedPayment> into) {
            String shop = Accounts.merchant(random.nextInt(Accounts.MERCHANTS));
            for (int i = 0; i < 6 + random.nextInt(5); i++) {
                Accounts.Habits one = accounts.of(random.nextInt(accounts.count()));
                double amount = 100 * (5 + random.nextInt(6));
                add(into, one, start + 6 * MINUTE * i, amount, shop, one.country(), true, null);
            }
        }

        private void add(
                List<SimulatedPayment> into,
                Accounts.Habits who,
                long at,
                double amount,
                String merchant,
                String country,
                boolean isOnline,
                @org.jspecify.annotations.Nullable String device) {
            into.add(
                    new SimulatedPayment(
                            id + "-" + into.size(),
                            who.name(),
                            at,
                            Math.round(amount * 100) / 100.0,
                            merchant,
                            country,
                            isOnline ? "online" : "pos",
                            device == null ? who.device() : "d-" + device + "-" + id,
                            Optional.of(pattern)));
        }
    }
}

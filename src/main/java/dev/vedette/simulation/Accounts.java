package dev.vedette.simulation;

import java.util.List;
import java.util.Random;

/** Accounts with habits: where they live, what they spend, where, and when. */
final class Accounts {
    static final int MERCHANTS = 60;

    private static final List<String> COUNTRIES =
            List.of("DE", "DE", "DE", "DE", "FR", "FR", "NL", "AT", "ES", "IT");
    private static final int FAVOURITES = 5;
    private static final double ONLINE = 0.35;

    private final long seed;
    private final int count;

    Accounts(long seed, int count) {
        this.seed = seed;
        this.count = count;
    }

    /**
     * One account's habits.
     *
     * @param name of it
     * @param country its home
     * @param amount what it usually spends
     * @param perDay payments on an ordinary day
     * @param morning hour of the day its payments begin
     * @param merchants numbers of those it goes to
     * @param online share of payments made online
     */
    record Habits(
            String name,
            String country,
            double amount,
            double perDay,
            int morning,
            List<Integer> merchants,
            double online) {
        /** The device it always uses. */
        String device() {
            return "d-" + name;
        }

        /** How much of a day's payments fall into an hour. */
        double share(int hour) {
            int since = Math.floorMod(hour - morning, 24);
            return since < 15 ? (since == 4 || since == 11 ? 2.0 : 1.0) / 17 : 0;
        }
    }

    int count() {
        return count;
    }

    Habits of(int number) {
        Random random = new Random(seed * 1_000_003 + number);
        // the first numbers of neighbouring seeds are alike
        random.nextDouble();
        return new Habits(
                "acc-%04d".formatted(number),
                COUNTRIES.get(random.nextInt(COUNTRIES.size())),
                Math.exp(3.2 + 0.6 * random.nextGaussian()),
                1 + 5 * random.nextDouble(),
                6 + random.nextInt(4),
                random.ints(FAVOURITES, 0, MERCHANTS).boxed().toList(),
                ONLINE * 2 * random.nextDouble());
    }

    /** The name of a merchant. */
    static String merchant(int number) {
        return "shop-%02d".formatted(number);
    }
}

package dev.vedette.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Payments of accounts with habits, and frauds whose labels are known. Any stretch of time can be
 * asked for, and the same seed always gives the same payments: two stretches that meet give what
 * the whole gives. Immutable.
 */
public final class Payments {
    /** Accounts of {@link #demo}. */
    public static final int DEMO_ACCOUNTS = 200;

    private static final int DEMO_FRAUDS = 2;
    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;

    private final long seed;
    private final Accounts accounts;
    private final FraudCases frauds;

    /**
     * Payments of so many accounts.
     *
     * @param frauds how many begin on each day
     */
    public Payments(long seed, int accounts, int frauds) {
        this.seed = seed;
        this.accounts = new Accounts(seed, accounts);
        this.frauds = new FraudCases(seed, this.accounts, frauds);
    }

    /** What the demo tenant gets: about 600 payments a day. */
    public static Payments demo(long seed) {
        return new Payments(seed, DEMO_ACCOUNTS, DEMO_FRAUDS);
    }

    /**
     * The payments of a stretch, by time.
     *
     * @param fromMillis inclusive
     * @param toMillis exclusive
     */
    public List<SimulatedPayment> stretch(long fromMillis, long toMillis) {
        List<SimulatedPayment> payments = new ArrayList<>();
        long firstHour = Math.floorDiv(fromMillis, HOUR);
        for (long hour = firstHour; hour * HOUR < toMillis; hour++) {
            for (int account = 0; account < accounts.count(); account++) {
                ordinary(hour, account, payments);
            }
        }
        // a fraud may run into the second day after the one it belongs to
        for (long day = Math.floorDiv(fromMillis, DAY) - 2; day * DAY < toMillis; day++) {
            payments.addAll(frauds.of(day));
        }
        return payments.stream()
                .filter(one -> one.epochMillis() >= fromMillis && one.epochMillis() < toMillis)
                .sorted(
                        Comparator.comparingLong(SimulatedPayment::epochMillis)
                                .thenComparing(SimulatedPayment::id))
                .toList();
    }

    private void ordinary(long hour, int account, List<SimulatedPayment> into) {
        Accounts.Habits who = accounts.of(account);
        double expected = who.perDay() * who.share((int) Math.floorMod(hour, 24L));
        Random random = new Random((seed * 37 + hour) * 1_000_003 + account);
        random.nextDouble();
        // at most a few an hour: Knuth's way to a Poisson number is quick enough
        double limit = Math.exp(-expected);
        int number = 0;
        for (double left = random.nextDouble(); left > limit; left *= random.nextDouble()) {
            into.add(payment(who, hour, number++, random));
        }
    }

    private static SimulatedPayment payment(
            Accounts.Habits who, long hour, int number, Random random) {
        int favourite = who.merchants().get(random.nextInt(who.merchants().size()));
        boolean isNew = random.nextInt(12) == 0;
        int merchant = isNew ? random.nextInt(Accounts.MERCHANTS) : favourite;
        double amount = who.amount() * Math.exp(0.5 * random.nextGaussian());
        return new SimulatedPayment(
                "p-" + hour + "-" + who.name() + "-" + number,
                who.name(),
                hour * HOUR + random.nextLong(HOUR),
                Math.max(0.5, Math.round(amount * 100) / 100.0),
                Accounts.merchant(merchant),
                random.nextInt(60) == 0 ? "FR" : who.country(),
                random.nextDouble() < who.online() ? "online" : "pos",
                who.device(),
                Optional.empty());
    }
}

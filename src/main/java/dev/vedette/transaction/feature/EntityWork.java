package dev.vedette.transaction.feature;

import dev.vedette.transaction.Transaction;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One transaction at work on the entity of one kind: buffers are reused for the next. */
final class EntityWork {
    /** Days of the population's pace that an entity starts with. */
    private static final double PRIOR_DAYS = 3;

    /** What makes few transactions no burst. */
    private static final double PRIOR_COUNT = 0.25;

    /** Transactions of the population that an entity's values, and hours, start with. */
    private static final double PRIOR_VALUES = 1;

    private static final double PRIOR_HOURS = 20;
    private static final double HOURS = 24;
    private static final double MILLIS_PER_DAY = 86_400_000;

    private final EntityKind kind;
    private final WindowSums sums = new WindowSums();
    private final WindowSums all = new WindowSums();
    private final long[] values;
    private final boolean[] present;
    private @Nullable EntityHistory entity;
    private double amount;
    private int hour;
    private long now;

    EntityWork(EntityKind kind) {
        this.kind = kind;
        values = new long[kind.others.size()];
        present = new boolean[values.length];
    }

    /** Looks the transaction's entity up. */
    void begin(Transaction transaction, ZonedDateTime time) {
        entity = transaction.text(kind.field).map(kind::seen).orElse(null);
        amount = transaction.amount();
        hour = time.getHour();
        now = transaction.time().toEpochMilli();
        if (entity == null) {
            return;
        }
        now = Math.max(now, entity.last());
        entity.amounts.collect(now, sums);
        List<String> others = kind.others;
        for (int i = 0; i < values.length; i++) {
            String value = transaction.text(others.get(i)).orElse("");
            present[i] = !value.isEmpty();
            values[i] = ValueTable.hash(value);
        }
    }

    /** One feature, 0 where the transaction has no such entity or value. */
    double value(FeatureSpec spec, int other, double neverSeconds) {
        EntityHistory one = entity;
        if (one == null || (other >= 0 && !present[other])) {
            return 0;
        }
        int w = spec.window() == null ? -1 : spec.window().place();
        return switch (spec.function()) {
            case COUNT -> sums.count[w] + 1;
            case SUM -> sums.sum[w] + amount;
            case MEAN -> mean(w);
            case DEVIATION -> sums.deviation(w);
            case LEAST -> Math.min(amount, sums.least[w]);
            case MOST -> Math.max(amount, sums.most[w]);
            case DISTINCT ->
                    1.0 + one.values[other].distinctSince(now - windowMillis(spec), values[other]);
            case SINCE_LAST -> sinceLast(one, neverSeconds);
            case RATIO_TO_MEAN -> ratio(mean(w));
            case FIRST_SEEN -> one.values[other].count(values[other]) == 0 ? 1 : 0;
            case AMOUNT_Z -> one.habit.z(amount, kind.population.habit);
            case AMOUNT_ROBUST_Z -> one.habit.robustZ(amount, kind.population.habit);
            case AMOUNT_FENCE -> one.habit.fence(amount, kind.population.habit);
            case BURST -> burst(one, w, windowMillis(spec));
            case SURPRISE -> surprise(one, other);
            case HOUR_SURPRISE -> hourSurprise(one);
            case AMOUNT, HOUR_OF_DAY, DAY_OF_WEEK ->
                    throw new IllegalArgumentException(spec.function() + " is of no entity");
        };
    }

    private static long windowMillis(FeatureSpec spec) {
        return spec.window() == null ? 0 : spec.window().millis();
    }

    private double mean(int w) {
        if (sums.count[w] > 0) {
            return sums.sum[w] / sums.count[w];
        }
        kind.population.amounts.collect(Math.max(now, kind.population.last()), all);
        int month = FeatureWindow.MONTH.place();
        return all.count[month] > 0 ? all.sum[month] / all.count[month] : amount;
    }

    private double ratio(double mean) {
        return mean > 0 ? amount / mean : 1;
    }

    private double sinceLast(EntityHistory one, double neverSeconds) {
        return one.last() == Long.MIN_VALUE
                ? neverSeconds
                : Math.min(neverSeconds, (now - one.last()) / 1000.0);
    }

    /** The count against a Poisson law whose rate has a gamma prior of the population's pace. */
    private double burst(EntityHistory one, int w, long window) {
        double days = (now - one.amounts.first(now)) / MILLIS_PER_DAY;
        double known = sums.count[FeatureWindow.MONTH.place()];
        double pace = (known + PRIOR_DAYS * kind.pace(now)) / (days + PRIOR_DAYS);
        double expected = pace * window / MILLIS_PER_DAY;
        return (sums.count[w] - expected) / Math.sqrt(expected + PRIOR_COUNT);
    }

    private double surprise(EntityHistory one, int other) {
        ValueTable everyone = kind.population.values[other];
        double usual = (everyone.count(values[other]) + 0.5) / (everyone.total() + 1.0);
        ValueTable own = one.values[other];
        double share =
                (own.count(values[other]) + PRIOR_VALUES * usual) / (own.total() + PRIOR_VALUES);
        return -Math.log(Math.min(1, share));
    }

    private double hourSurprise(EntityHistory one) {
        EntityHistory everyone = kind.population;
        double usual = (everyone.around(hour) + 2 / HOURS) / (everyone.active() + 2);
        double share = (one.around(hour) + PRIOR_HOURS * usual) / (one.active() + PRIOR_HOURS);
        return -Math.log(HOURS * share);
    }

    /** Remembers the transaction. */
    void learn() {
        EntityHistory one = entity;
        if (one == null) {
            return;
        }
        EntityHistory everyone = kind.population;
        kind.count(now);
        for (int i = 0; i < values.length; i++) {
            if (present[i]) {
                one.values[i].add(values[i], now);
                everyone.values[i].add(values[i], now);
            }
        }
        one.add(now, hour, amount);
        everyone.add(Math.max(now, everyone.last()), hour, amount);
        Arrays.fill(present, false);
        entity = null;
    }
}

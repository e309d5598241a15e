package dev.vedette.transaction.feature;

import dev.vedette.transaction.model.ModelReader;
import dev.vedette.transaction.model.ModelWriter;

/** What is remembered of one entity: its amounts, hours and the values it was seen with. */
final class EntityHistory {
    private static final int HOURS = 24;

    /** Hours are halved when they sum to this. */
    private static final int FADING = 2048;

    final RecentAmounts amounts = new RecentAmounts();
    final AmountHabit habit = new AmountHabit();
    final ValueTable[] values;
    private final double[] hours = new double[HOURS];
    private double active;
    private long last = Long.MIN_VALUE;

    /**
     * Of an entity never seen.
     *
     * @param fields how many other fields are looked at
     * @param most values of each
     */
    EntityHistory(int fields, int most) {
        values = new ValueTable[fields];
        for (int i = 0; i < fields; i++) {
            values[i] = new ValueTable(most);
        }
    }

    /** When the transaction before was; the least number if there was none. */
    long last() {
        return last;
    }

    /**
     * Share of activity around an hour, the hours beside it counting half; sums to 2 over a day.
     */
    double around(int hour) {
        return hours[hour] + (hours[(hour + 1) % HOURS] + hours[(hour + HOURS - 1) % HOURS]) / 2;
    }

    /** All activity, as {@link #around} counts it. */
    double active() {
        return 2 * active;
    }

    void add(long millis, int hour, double amount) {
        last = millis;
        amounts.add(millis, amount);
        habit.add(amount);
        hours[hour]++;
        active++;
        if (active >= FADING) {
            active = 0;
            for (int i = 0; i < HOURS; i++) {
                hours[i] /= 2;
                active += hours[i];
            }
        }
    }

    void write(ModelWriter out) {
        out.number(last).numbers(hours);
        amounts.write(out);
        habit.write(out);
        for (ValueTable table : values) {
            table.write(out);
        }
    }

    void read(ModelReader in) {
        last = in.longNumber();
        System.arraycopy(in.numbers(HOURS), 0, hours, 0, HOURS);
        active = 0;
        for (double hour : hours) {
            active += hour;
        }
        amounts.read(in);
        habit.read(in);
        for (ValueTable table : values) {
            table.read(in);
        }
    }
}

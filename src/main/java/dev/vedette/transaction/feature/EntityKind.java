package dev.vedette.transaction.feature;

import dev.vedette.transaction.model.ModelReader;
import dev.vedette.transaction.model.ModelWriter;
import java.util.List;

/**
 * All entities that one field names, and the population they are of. At most {@value #MOST} are
 * remembered; the one not seen for longest is forgotten first, and is new when it comes again.
 */
final class EntityKind {
    static final int MOST = 1_000_000;

    private static final int MOST_VALUES = 256;
    private static final int MOST_POPULATION_VALUES = 1024;

    final String field;
    final List<String> others;
    final EntityHistory population;
    private final LastSeen<EntityHistory> known = new LastSeen<>(EntityHistory::write);
    private long first = Long.MIN_VALUE;
    private long total;

    /**
     * A kind without entities.
     *
     * @param field that names them
     * @param others fields whose values are counted for each
     */
    EntityKind(String field, List<String> others) {
        this.field = field;
        this.others = List.copyOf(others);
        population = new EntityHistory(others.size(), MOST_POPULATION_VALUES);
    }

    /** The entity's history; it becomes the one seen last. */
    EntityHistory seen(String name) {
        EntityHistory history = known.seen(name);
        if (history == null) {
            history = new EntityHistory(others.size(), MOST_VALUES);
            if (known.size() >= MOST) {
                known.removeOldest();
            }
            known.put(name, history);
        }
        return history;
    }

    int size() {
        return known.size();
    }

    /** Transactions a day of an entity of this kind, on average. */
    double pace(long now) {
        double days = Math.max(1, (now - first) / 86_400_000.0);
        return first == Long.MIN_VALUE ? 1 : total / days / Math.max(1, known.size());
    }

    void count(long millis) {
        first = first == Long.MIN_VALUE ? millis : first;
        total++;
    }

    /** Appends what is known of all entities together. */
    void write(ModelWriter out) {
        out.text(field).number(first).number(total).number(known.size());
        population.write(out);
    }

    /**
     * Begins to write the entities.
     *
     * @param bytes of a page, about
     */
    LastSeen<EntityHistory>.Pages pages(int bytes) {
        return known.pages(bytes);
    }

    /** Takes what {@link #write} appended; returns how many entities there were. */
    int read(ModelReader in) {
        String found = in.text();
        if (!found.equals(field)) {
            throw in.corrupt("it holds entities of " + found + ", not of " + field);
        }
        first = in.longNumber();
        total = in.longNumber();
        int count = in.number(0, MOST);
        population.read(in);
        return count;
    }

    /** Takes the next entity. */
    void readEntity(ModelReader in) {
        EntityHistory history = new EntityHistory(others.size(), MOST_VALUES);
        String name = in.text();
        history.read(in);
        known.put(name, history);
    }
}

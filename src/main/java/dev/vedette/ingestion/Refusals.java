package dev.vedette.ingestion;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Collects what a request's checks refused: all counted, the first ones told. Not thread-safe. */
final class Refusals {
    private final int maxTold;
    private final List<Refusal> told = new ArrayList<>();
    private final Map<RefusalReason, Integer> points = new EnumMap<>(RefusalReason.class);
    private int entries;

    Refusals(int maxTold) {
        this.maxTold = maxTold;
    }

    /** Counts that many refused points as one entry; the text is built only when it is told. */
    void add(int count, RefusalReason reason, Supplier<Refusal> entry) {
        points.merge(reason, count, Integer::sum);
        entries++;
        if (told.size() < maxTold) {
            told.add(entry.get());
        }
    }

    /** The first refusals, in the order found. */
    List<Refusal> told() {
        return List.copyOf(told);
    }

    /** How many refusals are not told one by one. */
    int untold() {
        return entries - told.size();
    }

    /** Points by reason. */
    Map<RefusalReason, Integer> points() {
        return points;
    }

    /** Points of all reasons. */
    int total() {
        return points.values().stream().mapToInt(Integer::intValue).sum();
    }
}

package dev.vedette.detection.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * The prototypes of {@link Novelty} that at least two siblings share: what only one of them ever
 * showed may have been an incident. Their union by the leader algorithm, the most used first.
 */
final class SharedPrototypes {
    private static final int LEAST_SIBLINGS = 2;

    private final Novelty.Set set;
    private final List<Leader> leaders = new ArrayList<>();

    private SharedPrototypes(Novelty.Set set) {
        this.set = set;
    }

    /** Fills that set of the prior, its counts as {@value Settling#POINTS} points leave them. */
    static void into(EnsembleState prior, Novelty.Set set, List<EnsembleState> siblings) {
        SharedPrototypes shared = new SharedPrototypes(set);
        shared.gather(siblings).forEach(shared::join);
        shared.write(prior, siblings.size());
    }

    private record Prototype(float a, float b, double share, int sibling) {}

    private static final class Leader {
        final Prototype first;
        final BitSet siblings = new BitSet();
        double share;

        Leader(Prototype first) {
            this.first = first;
        }

        boolean isNear(Prototype one, double radius) {
            return Math.max(Math.abs(first.a - one.a), Math.abs(first.b - one.b)) < radius;
        }
    }

    private List<Prototype> gather(List<EnsembleState> siblings) {
        List<Prototype> all = new ArrayList<>();
        for (int s = 0; s < siblings.size(); s++) {
            EnsembleState one = siblings.get(s);
            double total = 0;
            for (int i = 0; i < set.size(); i++) {
                total += one.c[set.use(i)];
            }
            for (int i = 0; i < set.size() && one.c[set.use(i)] > 0; i++) {
                float a = one.f[set.at(i)];
                float b = set.coordinates() == 2 ? one.f[set.at(i) + 1] : 0;
                all.add(new Prototype(a, b, one.c[set.use(i)] / total, s));
            }
        }
        all.sort(
                Comparator.comparingDouble((Prototype one) -> -one.share)
                        .thenComparingDouble(Prototype::a)
                        .thenComparingDouble(Prototype::b));
        return all;
    }

    private void join(Prototype one) {
        Leader leader =
                leaders.stream()
                        .filter(known -> known.isNear(one, set.radius()))
                        .findFirst()
                        .orElseGet(() -> {
                            leaders.add(new Leader(one));
                            return leaders.getLast();
                        });
        leader.share += one.share;
        leader.siblings.set(one.sibling);
    }

    private void write(EnsembleState prior, int siblings) {
        leaders.removeIf(leader -> leader.siblings.cardinality() < LEAST_SIBLINGS);
        leaders.sort(Comparator.comparingDouble(leader -> -leader.share));
        for (int i = 0; i < Math.min(set.size(), leaders.size()); i++) {
            Leader leader = leaders.get(i);
            prior.f[set.at(i)] = leader.first.a;
            if (set.coordinates() == 2) {
                prior.f[set.at(i) + 1] = leader.first.b;
            }
            long count = Math.round(Settling.POINTS * leader.share / siblings);
            prior.c[set.use(i)] = (short) Math.clamp(count, 1, Byte.MAX_VALUE);
        }
    }
}

package dev.vedette.detection;

import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.engine.SiblingPrior;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What siblings of new series know, by kind of series, for all shards of a process: the series of a
 * node that joins a cluster are spread over shards, and each kind is asked for once. What was found
 * holds for all that come within {@link #KEPT}. Thread-safe: one monitor guards all, so that of
 * shards that ask for a kind at the same time one looks it up.
 */
final class SiblingKnowledge {
    /** Siblings that one prior is of, at most. */
    private static final int MOST_SIBLINGS = 8;

    private static final int MOST_AT_ONCE = 64;
    private static final int MOST_KEPT = 4096;
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final boolean learns;
    private final Map<Siblinghood, Known> known = new LinkedHashMap<>();

    /**
     * Of nothing so far.
     *
     * @param learns whether siblings are asked at all
     */
    SiblingKnowledge(boolean learns) {
        this.learns = learns;
    }

    /** What siblings knew: empty when too few were ready. */
    private record Known(Instant at, Optional<SiblingPrior> prior) {}

    /**
     * What series of those kinds begin with; a kind whose siblings know nothing is absent, and so
     * are those beyond {@value #MOST_AT_ONCE} that were not asked for before.
     *
     * @param at now
     */
    synchronized Map<Siblinghood, SiblingPrior> of(
            Collection<Siblinghood> kinds, ShardStore store, EngineRegistry engines, Instant at) {
        Map<Siblinghood, SiblingPrior> priors = new HashMap<>();
        if (learns) {
            learn(kinds, store, engines, at);
            for (Siblinghood kind : kinds) {
                Optional.ofNullable(known.get(kind))
                        .flatMap(Known::prior)
                        .ifPresent(prior -> priors.put(kind, prior));
            }
        }
        return priors;
    }

    private void learn(
            Collection<Siblinghood> kinds, ShardStore store, EngineRegistry engines, Instant at) {
        known.values().removeIf(one -> one.at().plus(KEPT).isBefore(at));
        List<Siblinghood> unknown =
                kinds.stream()
                        .distinct()
                        .filter(kind -> !known.containsKey(kind))
                        .limit(MOST_AT_ONCE)
                        .toList();
        if (unknown.isEmpty()) {
            return;
        }
        if (known.size() + unknown.size() > MOST_KEPT) {
            known.clear();
        }
        Map<Siblinghood, List<byte[]>> siblings = store.siblings(unknown, MOST_SIBLINGS);
        for (Siblinghood kind : unknown) {
            List<byte[]> states = siblings.getOrDefault(kind, List.of());
            known.put(kind, new Known(at, engines.prior(kind.engine(), states)));
        }
    }
}

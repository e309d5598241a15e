package dev.vedette.detection;

import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.engine.SiblingPrior;
import dev.vedette.series.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What new series of a shard begin with: priors that are stored, and those made for series that
 * have their first point, of what {@link SiblingKnowledge} has. Of however many come at once, one
 * look-up tells what is stored. A series that began without never gets one. Not thread-safe.
 */
final class SiblingPriors {
    private final ShardStore store;
    private final EngineRegistry engines;
    private final SiblingKnowledge siblings;
    private final Set<Long> spoilt = new HashSet<>();
    private List<SeriesPrior> made = new ArrayList<>();

    /** Of a shard. */
    SiblingPriors(ShardStore store, EngineRegistry engines, SiblingKnowledge siblings) {
        this.store = store;
        this.engines = engines;
        this.siblings = siblings;
    }

    /** The stored priors of those series; one without is absent. */
    Map<Long, SeriesPrior> stored(Collection<Series> series) {
        return series.isEmpty()
                ? Map.of()
                : store.priors(series.stream().map(one -> one.id().value()).toList());
    }

    /**
     * What those series begin with: their stored priors, and new ones where they have their first
     * point.
     *
     * @param judging ids of the engines that judge them, by series without state
     * @param at now
     */
    Map<Long, SeriesPrior> begin(Map<Series, String> judging, Instant at) {
        Map<Long, SeriesPrior> priors = new HashMap<>(stored(judging.keySet()));
        Map<Series, Siblinghood> without = new LinkedHashMap<>();
        judging.forEach((one, engine) -> {
            long id = one.id().value();
            if (!priors.containsKey(id) && !spoilt.contains(id)) {
                without.put(one, Siblinghood.of(one, engine));
            }
        });
        Map<Siblinghood, SiblingPrior> known = siblings.of(without.values(), store, engines, at);
        without.forEach((one, kind) -> {
            SiblingPrior prior = known.get(kind);
            if (prior != null) {
                long id = one.id().value();
                made.add(new SeriesPrior(id, kind.engine(), prior.siblings(), prior.bytes()));
                priors.put(id, made.getLast());
            }
        });
        return priors;
    }

    /**
     * A series whose state was dropped because its detector failed: it is not new, so no prior is
     * made for it any more.
     */
    void spoil(long seriesId) {
        spoilt.add(seriesId);
    }

    /** Those made since it was last asked, to be stored with the tick. */
    List<SeriesPrior> take() {
        List<SeriesPrior> taken = made;
        made = new ArrayList<>();
        return taken;
    }
}

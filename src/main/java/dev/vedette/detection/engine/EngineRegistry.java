package dev.vedette.detection.engine;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The engines there are, by id. Immutable and thread-safe. */
public final class EngineRegistry {
    private final Map<String, DetectionEngine> engines = new LinkedHashMap<>();

    /**
     * A registry of those engines.
     *
     * @param engines the default first
     * @throws IllegalArgumentException when there is none or two share an id
     */
    public EngineRegistry(List<DetectionEngine> engines) {
        if (engines.isEmpty()) {
            throw new IllegalArgumentException("an engine registry needs at least one engine");
        }
        for (DetectionEngine engine : engines) {
            if (this.engines.put(engine.id(), engine) != null) {
                throw new IllegalArgumentException(
                        "two engines share the id '" + engine.id() + "'");
            }
        }
    }

    /** The engine used where none is named. */
    public DetectionEngine defaultEngine() {
        return engines.values().iterator().next();
    }

    /** All engines, the default first. */
    public Collection<DetectionEngine> all() {
        return List.copyOf(engines.values());
    }

    /**
     * The engine of that id.
     *
     * @throws UnknownEngineException when there is none; the message lists the ids there are
     */
    public DetectionEngine get(String id) {
        DetectionEngine engine = engines.get(id);
        if (engine == null) {
            throw new UnknownEngineException(id, engines.keySet());
        }
        return engine;
    }
}

package dev.vedette.detection.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /** Ids of all engines, the default's first. */
    public List<String> ids() {
        return List.copyOf(engines.keySet());
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

    /**
     * The engines that judge points as they come: {@code ensemble} (the default), {@code ewma},
     * {@code iqr}, {@code seasonal}, {@code isolation-forest}, {@code rcf}.
     */
    public static EngineRegistry standard() {
        return new EngineRegistry(
                List.of(
                        new EnsembleEngine(),
                        new EwmaEngine(),
                        new IqrEngine(),
                        new SeasonalEngine(),
                        new IsolationForestEngine(),
                        new RandomCutForestEngine()));
    }

    /**
     * The engines that come with the service: the standard ones, and {@code batch}, which judges
     * whole stretches with hindsight.
     */
    public static EngineRegistry complete() {
        List<DetectionEngine> engines = new ArrayList<>(standard().all());
        engines.add(new BatchEnsembleEngine());
        return new EngineRegistry(engines);
    }

    /**
     * A registry of those of its engines, the first given as the default.
     *
     * @throws UnknownEngineException when it lacks one
     */
    public EngineRegistry only(List<String> ids) {
        return new EngineRegistry(ids.stream().map(this::get).toList());
    }

    /**
     * An evaluator that has seen nothing.
     *
     * @throws UnknownEngineException when there is no engine of that id
     */
    public SeriesEvaluator open(String engineId, DetectionSettings settings) {
        return open(engineId, settings, new Verdict());
    }

    /**
     * The same.
     *
     * @param verdict filled anew at each point: evaluators of one thread may share it, which saves
     *     its memory in each
     */
    public SeriesEvaluator open(String engineId, DetectionSettings settings, Verdict verdict) {
        DetectionEngine engine = get(engineId);
        return new StreamingEvaluator(engine, settings, engine.open(settings), verdict);
    }

    /**
     * The same, beginning with what siblings know; without it where it cannot be read, as when it
     * is of another engine or version.
     *
     * @param prior what {@link #prior} gave
     */
    public SeriesEvaluator open(
            String engineId, DetectionSettings settings, Verdict verdict, Optional<byte[]> prior) {
        DetectionEngine engine = get(engineId);
        if (prior.isEmpty()) {
            return open(engineId, settings, verdict);
        }
        try {
            SeriesDetector detector = engine.open(settings, prior.get());
            return new StreamingEvaluator(engine, settings, detector, verdict);
        } catch (CorruptSnapshotException _) {
            return open(engineId, settings, verdict);
        }
    }

    /**
     * What evaluators of sibling series know that a new one of the same metric can begin with: see
     * {@link DetectionEngine#prior}. Snapshots that cannot be read are left out.
     *
     * @param siblings {@link SeriesEvaluator#snapshot snapshots} of that engine
     * @throws UnknownEngineException when there is no engine of that id
     */
    public Optional<SiblingPrior> prior(String engineId, List<byte[]> siblings) {
        DetectionEngine engine = get(engineId);
        List<byte[]> detectors = new ArrayList<>();
        for (byte[] snapshot : siblings) {
            StreamingEvaluator.detectorIn(engine, snapshot).ifPresent(detectors::add);
        }
        return engine.prior(detectors);
    }

    /**
     * An evaluator with the state of a {@link SeriesEvaluator#snapshot}; going on is bit-identical.
     * The settings may be others than those it was made under.
     *
     * @throws UnknownEngineException when there is no engine of that id
     * @throws CorruptSnapshotException when the bytes are damaged or of another engine or version;
     *     rebuild from history
     */
    public SeriesEvaluator restore(String engineId, DetectionSettings settings, byte[] snapshot) {
        return restore(engineId, settings, snapshot, new Verdict());
    }

    /**
     * The same.
     *
     * @param verdict as in {@link #open(String, DetectionSettings, Verdict)}
     */
    public SeriesEvaluator restore(
            String engineId, DetectionSettings settings, byte[] snapshot, Verdict verdict) {
        return StreamingEvaluator.restore(get(engineId), settings, snapshot, verdict);
    }
}

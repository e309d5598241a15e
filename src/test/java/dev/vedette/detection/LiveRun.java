package dev.vedette.detection;

import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.threshold.DetectionPlan;
import dev.vedette.series.NodeKey;
import dev.vedette.series.Series;
import dev.vedette.tracing.Tracing;
import java.time.Duration;
import java.time.Instant;

/** Live detection for tests of other packages: one shard, worked on until there is nothing new. */
public final class LiveRun {
    /** What the words of anomalies are in tests. */
    public static final AnomalyExplainer WORDS =
            (place, anomaly, contributions, zone) -> place + " " + anomaly.anomalyScore();

    private LiveRun() {}

    /** Every series by that engine, with the default settings. */
    public static SettingsSource settings(String engine) {
        SettingsSource.Revision only =
                new SettingsSource.Revision() {
                    @Override
                    public long number() {
                        return 0;
                    }

                    @Override
                    public DetectionPlan of(Series series) {
                        return new DetectionPlan(engine, DetectionSettings.DEFAULT);
                    }

                    @Override
                    public double ofWhole(NodeKey node) {
                        return DetectionSettings.DEFAULT.threshold();
                    }
                };
        return new SettingsSource() {
            @Override
            public Revision latest(long atLeast) {
                return only;
            }

            @Override
            public Revision asOf(long number) {
                return only;
            }
        };
    }

    /** Judges all that is in the log of the shard, and checkpoints. */
    public static void drain(ShardStore store, int shard, String engine) {
        Evaluation evaluation =
                new Evaluation(
                        EngineRegistry.standard(),
                        settings(engine),
                        (series, before) -> PointReader.Points.NONE,
                        WORDS,
                        new WorkerWorld.Listener());
        ShardWorker worker =
                new ShardWorker(
                        shard,
                        "live",
                        store,
                        new LogNews(store, Duration.ZERO, Instant::now),
                        evaluation,
                        new ShardWorker.Limits(
                                1_000_000,
                                10_000_000,
                                1000,
                                100_000,
                                Duration.ZERO,
                                Duration.ofMinutes(1)),
                        Instant::now,
                        Tracing.OFF);
        for (ShardWorker.Outcome outcome = worker.tick();
                outcome != ShardWorker.Outcome.IDLE;
                outcome = worker.tick()) {
            // until there is nothing more
        }
        worker.release();
    }
}

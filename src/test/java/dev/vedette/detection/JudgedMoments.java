package dev.vedette.detection;

import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.threshold.DetectionPlan;
import java.time.Instant;
import java.util.Arrays;

/** Judged moments for tests of other packages: points a minute, by the default engine. */
public final class JudgedMoments {
    /** When the first point is. */
    public static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

    private JudgedMoments() {}

    /** The last of those values, asked for a moment so many minutes after it. */
    public static JudgedMoment of(DetectionSettings settings, double[] values, int minutesLater) {
        long[] times = new long[values.length];
        Arrays.setAll(times, i -> START.toEpochMilli() + 60_000L * i);
        Instant at = START.plusSeconds(60L * (values.length - 1 + minutesLater));
        EngineRegistry engines = EngineRegistry.standard();
        DetectionPlan plan = new DetectionPlan("ensemble", settings);
        return new MomentJudge(engines, plan, engines.open("ensemble", settings), true)
                .judge(new PointReader.Points(times, values), at);
    }
}

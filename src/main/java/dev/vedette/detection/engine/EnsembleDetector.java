package dev.vedette.detection.engine;

import java.time.ZoneId;
import java.util.List;

/** The default engine at work on one series. */
final class EnsembleDetector implements SeriesDetector {
    /** Names of the evidence channels. */
    static final List<String> CHANNELS =
            List.of("point", "level", "season", "forecast", "novelty", "shape", "flat");

    // Sizes of the prototype sets.
    static final int PAIRS = 32;
    static final int SINGLES = 24;
    static final int SMOOTH = 24;

    private static final int WARM_POINTS = 30;
    private static final double BAND_SPREADS = 4;
    private static final double CHANNEL_CAP = 6;

    private final EnsembleState state;
    private final LocalTime local;
    private long last;

    EnsembleDetector(ZoneId zone, EnsembleState state) {
        this(zone, state, Long.MIN_VALUE);
    }

    EnsembleDetector(ZoneId zone, EnsembleState state, long last) {
        this.local = new LocalTime(zone);
        this.state = state;
        this.last = last;
    }

    @Override
    public void update(long epochMillis, double value, Verdict verdict) {
        if (epochMillis <= last) {
            verdict.outOfOrder();
            return;
        }
        if (Double.isNaN(value)) {
            last = epochMillis;
            gap(verdict);
            return;
        }
        Pace.update(state, last == Long.MIN_VALUE ? 0 : (epochMillis - last) / 1000.0);
        last = epochMillis;
        judge(local.seconds(epochMillis), value, verdict);
        state.d[Pace.LAST_VALUE] = value;
        state.d[Pace.POINTS]++;
    }

    private void gap(Verdict verdict) {
        if (state.d[Pace.POINTS] < WARM_POINTS) {
            verdict.warmingUp((int) (WARM_POINTS - state.d[Pace.POINTS]));
            return;
        }
        verdict.judged(0, 0, 1);
        verdict.anomalyScore = state.d[EnsembleOutput.HELD];
        expect(verdict);
    }

    private void judge(long localSeconds, double value, Verdict verdict) {
        double[] d = state.d;
        double flat = FlatRun.update(state, value);
        double u = SlowLevel.update(state, value);
        double z = DayProfile.update(state, localSeconds, value);
        double forecast = ShortForecast.update(state, u);
        double hour = HourLevel.update(state, u);
        double hourRelative = HourLevel.relative(state, hour);
        double h = Numbers.asinh(u / 2);
        double pair =
                Novelty.update(state, EnsembleState.PAIRS, PAIRS, 0.5, d[EnsembleState.NOVELTY], h);
        d[EnsembleState.NOVELTY] = h;
        double single = Novelty.update(state, EnsembleState.SINGLES, SINGLES, 0.25, h);
        double smooth =
                Novelty.update(state, EnsembleState.SMOOTH, SMOOTH, 0.15, Numbers.asinh(hour / 2));
        double shape = LagSubspace.update(state, z);
        double rareZ = TailHistogram.update(state, EnsembleState.TAIL_Z, Math.abs(z), CHANNEL_CAP);
        double rarePair = TailHistogram.update(state, EnsembleState.TAIL_PAIRS, pair, CHANNEL_CAP);
        double rareSmooth =
                TailHistogram.update(state, EnsembleState.TAIL_SMOOTH, smooth, CHANNEL_CAP);
        double stuck = flat < 1 ? 0 : 1 + Math.log(flat);
        double alarm =
                0.75 * rareZ
                        + 3 * Math.log1p(pair)
                        + 0.75 * Math.log1p(hourRelative)
                        + 1.5 * Math.min(single, 8)
                        + 3 * Math.log1p(smooth)
                        + 3 * stuck;
        double strange =
                1.5 * Math.log1p(Math.abs(z))
                        + 0.5 * Math.min(forecast, 8)
                        + 0.25 * Math.min(Math.abs(u), 8)
                        + rarePair
                        + 0.25 * rareSmooth
                        + 0.125 * Math.min(shape, 8)
                        + 4 * stuck;
        double alarmScore = EnsembleOutput.alarm(state, alarm);
        double stateScore = EnsembleOutput.state(state, strange);
        if (d[Pace.POINTS] < WARM_POINTS) {
            verdict.warmingUp((int) (WARM_POINTS - d[Pace.POINTS]));
            return;
        }
        verdict.judged(0, 0, 1);
        verdict.anomalyScore = stateScore;
        verdict.alarmScore = alarmScore;
        expect(verdict);
        verdict.kind = LabelMachine.kind(z, u, hour, flat, Math.max(alarmScore, stateScore));
        verdict.evidence[0] = rareZ / (rareZ + 3);
        verdict.evidence[1] = share(Math.abs(hour), 3);
        verdict.evidence[2] = share(Math.abs(z), 4);
        verdict.evidence[3] = share(forecast, 4);
        verdict.evidence[4] = share(pair + single, 0.5);
        verdict.evidence[5] = share(shape, 4);
        verdict.evidence[6] = share(stuck, 1);
    }

    private static double share(double strength, double half) {
        return strength / (strength + half);
    }

    /** The better forecast: the profile where it is tighter than the slow level, else the level. */
    private void expect(Verdict verdict) {
        double[] d = state.d;
        boolean seasonal = d[DayProfile.SPREAD] < d[SlowLevel.SPREAD];
        verdict.expect(
                seasonal ? d[DayProfile.EXPECTED] : d[SlowLevel.MEAN],
                BAND_SPREADS * (seasonal ? d[DayProfile.SPREAD] : d[SlowLevel.SPREAD]));
    }

    @Override
    public byte[] snapshot() {
        return EnsembleEngine.snapshot(state, last);
    }
}

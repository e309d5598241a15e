package dev.vedette.detection.engine;

import java.util.List;

/** The default engine at work on one series. */
final class EnsembleDetector implements SeriesDetector {
    /** Names of the evidence channels. */
    static final List<String> CHANNELS =
            List.of("point", "level", "season", "forecast", "novelty", "shape", "flat", "record");

    private static final int WARM_POINTS = 30;
    private static final double BAND_SPREADS = 4;
    private static final double CHANNEL_CAP = 6;

    private final EnsembleState state;
    private final LocalTime local;
    private long last;

    EnsembleDetector(DetectionSettings settings, EnsembleState state) {
        this(settings, state, Long.MIN_VALUE);
    }

    EnsembleDetector(DetectionSettings settings, EnsembleState state, long last) {
        this.local = LocalTime.of(settings.zone(), settings.holidays());
        this.state = state;
        this.last = last;
    }

    @Override
    public void update(long epochMillis, double value, Verdict verdict) {
        if (epochMillis <= last) {
            verdict.outOfOrder();
            return;
        }
        verdict.touched = state.touch();
        double seconds = last == Long.MIN_VALUE ? 0 : (epochMillis - last) / 1000.0;
        last = epochMillis;
        double before = state.d[Intake.RAW];
        double taken = Double.isNaN(value) ? Double.NaN : Intake.take(state, seconds, value);
        if (Double.isNaN(taken)) {
            gap(before, verdict);
            return;
        }
        Pace.update(state, seconds);
        if (Intake.isSettling(state)) {
            Settling.take(state, local.seconds(epochMillis), epochMillis / 1000.0, taken);
            verdict.warmingUp(pointsToWarm());
            return;
        }
        judge(local.seconds(epochMillis), epochMillis / 1000.0, taken, verdict);
        state.d[Pace.LAST_VALUE] = taken;
        state.d[Pace.POINTS]++;
        if (verdict.state == Verdict.State.JUDGED) {
            expect(before, seconds, verdict);
        }
    }

    private void gap(double before, Verdict verdict) {
        int toWarm = pointsToWarm();
        if (toWarm > 0) {
            verdict.warmingUp(toWarm);
            return;
        }
        verdict.judged(0, 0, 1);
        verdict.anomalyScore = EnsembleOutput.held(state);
        expect(before, Pace.step(state), verdict);
    }

    /** Points to come before the first verdict. */
    private int pointsToWarm() {
        return Intake.isSettling(state)
                ? Settling.left(state)
                : Math.max(0, (int) (WARM_POINTS - state.d[Pace.POINTS]));
    }

    private void judge(long localSeconds, double seconds, double value, Verdict verdict) {
        LocalTime.Day day = local.day(localSeconds);
        state.judgeInto(verdict.channels);
        look(localSeconds, day, seconds, value);
        double[] d = state.d;
        double[] e = state.e;
        double alarm = EnsembleOutput.alarm(state);
        double strangeness = EnsembleOutput.stateEvidence(e);
        double strange = EnsembleOutput.state(state, strangeness);
        AnomalyKind kind = LabelMachine.update(state, day != LocalTime.Day.WORKING, value);
        if (d[Pace.POINTS] < WARM_POINTS) {
            verdict.warmingUp((int) (WARM_POINTS - d[Pace.POINTS]));
            return;
        }
        verdict.judged(0, 0, 1);
        verdict.anomalyScore = strange;
        verdict.alarmScore = alarm;
        verdict.strangeness = strangeness;
        verdict.looksLike(kind);
        verdict.evidence[0] = share(e[Evidence.RARE_SEASON], 3);
        verdict.evidence[1] = share(Math.abs(e[Evidence.HOUR]), 3);
        verdict.evidence[2] = share(Math.abs(e[Evidence.SEASON]), 4);
        verdict.evidence[3] = share(e[Evidence.FORECAST], 4);
        verdict.evidence[4] = share(e[Evidence.PAIR] + e[Evidence.SINGLE], 0.5);
        verdict.evidence[5] = share(e[Evidence.SHAPE], 4);
        verdict.evidence[6] = share(e[Evidence.STUCK], 1);
        verdict.evidence[7] = share(Math.log1p(e[Evidence.RECORD]), 2);
    }

    /** Lets every channel judge and learn the value. */
    private void look(long localSeconds, LocalTime.Day day, double seconds, double value) {
        double[] d = state.d;
        double[] e = state.e;
        e[Evidence.STUCK] = FlatRun.update(state, value);
        double u = SlowLevel.update(state, value);
        double z = DayProfile.update(state, localSeconds, day, value);
        e[Evidence.RECORD] = Records.update(state, seconds, value);
        e[Evidence.LEVEL] = u;
        e[Evidence.SEASON] = z;
        Novelty.update(state, d[ShortForecast.LAST], u);
        e[Evidence.FORECAST] = ShortForecast.update(state, u);
        HourLevel.update(state, u);
        e[Evidence.SHAPE] = LagSubspace.update(state, z);
        e[Evidence.RARE_SEASON] =
                TailHistogram.update(state.c, EnsembleState.TAIL_SEASON, Math.abs(z), CHANNEL_CAP);
        e[Evidence.RARE_PAIR] =
                TailHistogram.update(
                        state.c, EnsembleState.TAIL_PAIR, e[Evidence.PAIR], CHANNEL_CAP);
    }

    private static double share(double strength, double half) {
        return strength / (strength + half);
    }

    /** The better forecast: the profile where it is tighter than the slow level, else the level. */
    private void expect(double before, double seconds, Verdict verdict) {
        double[] d = state.d;
        boolean seasonal = d[DayProfile.SPREAD] < d[SlowLevel.SPREAD];
        double middle = seasonal ? DayProfile.foretold(state) : d[SlowLevel.MEAN];
        double reach = BAND_SPREADS * (seasonal ? d[DayProfile.SPREAD] : d[SlowLevel.SPREAD]);
        verdict.expected = Intake.unit(state, middle, before, seconds);
        verdict.lower = Intake.unit(state, middle - reach, before, seconds);
        verdict.upper = Intake.unit(state, middle + reach, before, seconds);
    }

    @Override
    public byte[] snapshot() {
        return EnsembleEngine.snapshot(state, last);
    }
}

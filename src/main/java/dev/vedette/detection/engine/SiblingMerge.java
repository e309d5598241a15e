package dev.vedette.detection.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * What series of one metric have in common, whatever the level and scale of each: medians of their
 * sizes in spreads, the mean of their histograms, the day's shape, the range of their days, and the
 * prototypes that they share. Pure: the same states in the same order give the same prior.
 */
final class SiblingMerge {
    /** Fewer ready siblings make no prior: a median of three holds against one that is odd. */
    static final int LEAST = 3;

    /** Siblings whose points are this many times denser or sparser than usual are left out. */
    static final double OTHER_PACE = 1.6;

    /** A sibling has lived for so many points, and for a day. */
    private static final int READY_POINTS = 300;

    private static final double READY_SECONDS = 86_400;

    /** However alike siblings are, no scale is known better than to a tenth. */
    private static final double LEAST_VARIANCE = 0.01;

    /** From a squared mean deviation to a variance, for a normal law: half of pi. */
    private static final double NORMAL = Math.PI / 2;

    /** Most counts of a bin of a histogram: a byte's. */
    private static final int TAIL_MOST = 255;

    /** A half hour counts as seen so often: then the series' own points draw it in full. */
    private static final int BIN_POINTS = 6;

    private final List<EnsembleState> siblings;
    private final EnsembleState prior = new EnsembleState();

    private SiblingMerge(List<EnsembleState> siblings) {
        this.siblings = siblings;
    }

    /** That of those series; empty when too few of them are ready or they differ in kind. */
    static Optional<SiblingMerge> of(List<EnsembleState> series) {
        List<EnsembleState> ready = series.stream().filter(SiblingMerge::isReady).toList();
        double step = median(ready, Pace::step);
        List<EnsembleState> alike =
                ready.stream().filter(one -> !isOtherPace(Pace.step(one), step)).toList();
        boolean same = alike.stream().map(one -> one.c[Intake.MODE]).distinct().count() == 1;
        return alike.size() < LEAST || !same
                ? Optional.empty()
                : Optional.of(new SiblingMerge(alike).merge(step));
    }

    /** Whether two usual spacings are too different for what holds at one to hold at the other. */
    static boolean isOtherPace(double step, double other) {
        return Math.abs(Math.log(step / other)) >= Math.log(OTHER_PACE);
    }

    private static boolean isReady(EnsembleState one) {
        double points = one.d[Pace.POINTS];
        return points >= READY_POINTS
                && points * Pace.step(one) >= READY_SECONDS
                && Intake.isDecided(one)
                && one.d[LabelMachine.LAST_ERROR] > 0
                && one.d[SlowLevel.SPREAD] > 1e-9 * Math.abs(one.d[SlowLevel.MEAN]);
    }

    /** How many series it is of. */
    int siblings() {
        return siblings.size();
    }

    /** The state of a series of level 0 and spread 1. */
    EnsembleState prior() {
        return prior;
    }

    private SiblingMerge merge(double step) {
        for (int slot : EnsemblePrior.LENGTHS) {
            prior.d[slot] = median(one -> one.d[slot] / one.d[SlowLevel.SPREAD]);
        }
        for (int slot : EnsemblePrior.SIZES) {
            prior.d[slot] = median(one -> one.d[slot]);
        }
        prior.d[Settling.STEP] = step;
        prior.c[Intake.MODE] = Intake.settling(siblings.getFirst());
        scale();
        day();
        range();
        for (int tail : EnsemblePrior.TAILS) {
            tail(tail);
        }
        SharedPrototypes.into(prior, Novelty.PAIR_SET, siblings);
        SharedPrototypes.into(prior, Novelty.SINGLE_SET, siblings);
        return this;
    }

    /** The scale: that of all siblings, or a share of the level, in whichever they differ less. */
    private void scale() {
        ToDoubleFunction<EnsembleState> absolute = one -> Math.log(one.d[SlowLevel.SPREAD]);
        ToDoubleFunction<EnsembleState> relative =
                one -> Math.log(one.d[SlowLevel.SPREAD] / Math.abs(one.d[SlowLevel.MEAN]));
        boolean isShare =
                siblings.stream().allMatch(one -> one.d[SlowLevel.MEAN] != 0)
                        && variance(relative) < variance(absolute);
        ToDoubleFunction<EnsembleState> scale = isShare ? relative : absolute;
        double[] d = prior.d;
        d[Settling.IS_SHARE] = isShare ? 1 : 0;
        d[Settling.SCALE] = Math.exp(median(scale));
        d[Settling.SCALE_VARIANCE] = variance(scale);
        d[Settling.STEPS_VARIANCE] =
                variance(one -> Math.log(one.d[LabelMachine.LAST_ERROR] / one.d[SlowLevel.SPREAD]));
    }

    private void day() {
        double off = 0;
        int known = 0;
        for (int i = 0; i < DayProfile.BINS; i++) {
            int bin = i;
            Predicate<EnsembleState> knows = one -> DayProfile.points(one, bin) > 0;
            if (!bin(bin, knows)) {
                continue;
            }
            Predicate<EnsembleState> knowsWeekend = one -> DayProfile.weekendPoints(one, bin) > 0;
            int weekend = bin(DayProfile.BINS + bin, knowsWeekend) ? BIN_POINTS : 0;
            DayProfile.setPoints(prior, bin, BIN_POINTS, weekend);
            off += disagreement(bin, knows);
            known++;
        }
        // The siblings' day foretells a stranger's as well as it does each other's.
        prior.d[DayProfile.SPREAD] += known == 0 ? 0 : off / known;
        for (int slot : EnsemblePrior.ERRORS) {
            prior.f[slot] = (float) median(one -> one.f[slot] / one.d[SlowLevel.SPREAD]);
        }
    }

    /** Fills a bin of the prior when enough siblings know it. */
    private boolean bin(int bin, Predicate<EnsembleState> knows) {
        List<EnsembleState> knowing = siblings.stream().filter(knows).toList();
        if (knowing.size() < LEAST) {
            return false;
        }
        prior.f[EnsembleState.BINS + bin] =
                (float) median(knowing, one -> scaled(one, one.f[EnsembleState.BINS + bin]));
        return true;
    }

    private double disagreement(int bin, Predicate<EnsembleState> knows) {
        int slot = EnsembleState.BINS + bin;
        return siblings.stream()
                .filter(knows)
                .mapToDouble(one -> Math.abs(scaled(one, one.f[slot]) - prior.f[slot]))
                .average()
                .orElse(0);
    }

    /** The range of the siblings' days, as if each of so many days had had it. */
    private void range() {
        List<EnsembleState> knowing =
                siblings.stream().filter(one -> Records.low(one) <= Records.high(one)).toList();
        if (knowing.size() >= LEAST) {
            Records.set(
                    prior,
                    (int) median(knowing, one -> one.c[Records.KNOWN]),
                    (float) median(knowing, one -> scaled(one, Records.low(one))),
                    (float) median(knowing, one -> scaled(one, Records.high(one))));
        }
    }

    /** A difference from a sibling's anchor as spreads from its level. */
    private static double scaled(EnsembleState one, double fromAnchor) {
        double level = one.d[SlowLevel.MEAN] - one.d[DayProfile.ANCHOR];
        return (fromAnchor - level) / one.d[SlowLevel.SPREAD];
    }

    private void tail(int tail) {
        double[] shares = new double[TailHistogram.BINS];
        for (EnsembleState one : siblings) {
            double total = Math.max(1, one.c[tail + TailHistogram.BINS]);
            for (int i = 0; i < shares.length; i++) {
                shares[i] += one.c[tail + i] / total / siblings.size();
            }
        }
        double largest = Arrays.stream(shares).max().orElse(0);
        double points = largest == 0 ? 0 : Math.min(Settling.POINTS, TAIL_MOST / largest);
        for (int i = 0; i < shares.length; i++) {
            prior.c[tail + i] = (short) Math.round(points * shares[i]);
        }
    }

    private double median(ToDoubleFunction<EnsembleState> of) {
        return median(siblings, of);
    }

    private static double median(List<EnsembleState> states, ToDoubleFunction<EnsembleState> of) {
        double[] all = states.stream().mapToDouble(of).sorted().toArray();
        return all.length == 0 ? 0 : (all[(all.length - 1) / 2] + all[all.length / 2]) / 2;
    }

    private double variance(ToDoubleFunction<EnsembleState> of) {
        double middle = median(of);
        double off =
                siblings.stream()
                        .mapToDouble(one -> Math.abs(of.applyAsDouble(one) - middle))
                        .average()
                        .orElse(0);
        return Math.max(LEAST_VARIANCE, NORMAL * off * off);
    }
}

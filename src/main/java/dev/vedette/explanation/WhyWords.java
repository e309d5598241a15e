package dev.vedette.explanation;

import dev.vedette.detection.JudgedMoment;
import dev.vedette.detection.engine.OpeningGate;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesKey;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says why there is an anomaly at a moment of a series, or none. Immutable and thread-safe. */
public final class WhyWords {
    private final Phrases phrases;
    private final MetricNames names;

    /** In that language. */
    public WhyWords(Phrases phrases) {
        this.phrases = phrases;
        this.names = new MetricNames(phrases);
    }

    /** The answer, times in that zone. */
    public Why say(Series series, JudgedMoment moment, ZoneId zone) {
        JudgedMoment.Standing standing = moment.standing();
        Quantities quantities = quantities(series, moment);
        Object[] numbers = numbers(series.key(), moment, quantities, new TimeWords(phrases, zone));
        return new Why(
                standing,
                phrases.say("why." + standing.label(), numbers),
                checks(moment, numbers),
                fires(moment, quantities));
    }

    private Quantities quantities(Series series, JudgedMoment moment) {
        return new Quantities(
                phrases,
                series.unit(),
                moment.verdict().lower(),
                moment.verdict().upper(),
                moment.value(),
                moment.verdict().expected(),
                moment.firesAbove().orElse(Double.NaN),
                moment.firesBelow().orElse(Double.NaN));
    }

    private Object[] numbers(
            SeriesKey key, JudgedMoment moment, Quantities quantities, TimeWords times) {
        JudgedMoment.Numbers verdict = moment.verdict();
        Instant time = moment.time().orElse(moment.at());
        return new Object[] {
            names.of(key.metricName(), key.labels()),
            key.nodeId(),
            times.clock(time, moment.at()),
            amount(quantities, moment.value()),
            Double.isFinite(verdict.lower()) ? quantities.range() : "",
            NumberFormat.getPercentInstance(phrases.locale()).format(moment.room()),
            amount(quantities, Math.abs(moment.value() - verdict.expected())),
            amount(quantities, verdict.leastDeviation()),
            score(verdict.alarmScore()),
            score(moment.plan().settings().threshold()),
            verdict.pointsToWarm(),
            moment.warmAt().map(at -> times.clock(at, moment.at())).orElse("")
        };
    }

    private List<Why.Check> checks(JudgedMoment moment, Object[] numbers) {
        boolean judged =
                switch (moment.standing()) {
                    case NO_DATA, SILENT, GAP, WARMING_UP, ANOMALY -> false;
                    case INSIDE_BAND, OTHER_SIDE, BELOW_GATE, BELOW_THRESHOLD -> true;
                };
        List<Why.Check> checks = new ArrayList<>();
        boolean stopped = false;
        for (OpeningGate gate : judged ? JudgedMoment.GATES : List.<OpeningGate>of()) {
            boolean passes = moment.passed().contains(gate);
            String name = gate.name().toLowerCase(Locale.ROOT);
            String text = phrases.say("why.gate." + name, numbers);
            checks.add(new Why.Check(name, outcome(passes, stopped), text));
            stopped |= !passes;
        }
        return checks;
    }

    private static Why.Outcome outcome(boolean passes, boolean stopped) {
        if (stopped) {
            return passes ? Why.Outcome.WOULD_PASS : Why.Outcome.WOULD_STOP;
        }
        return passes ? Why.Outcome.PASSED : Why.Outcome.STOPPED;
    }

    private String fires(JudgedMoment moment, Quantities quantities) {
        String above = amount(quantities, moment.firesAbove().orElse(Double.NaN));
        String below = amount(quantities, moment.firesBelow().orElse(Double.NaN));
        if (!above.isEmpty() && !below.isEmpty()) {
            return phrases.say("why.fires.both", above, below);
        }
        if (!above.isEmpty()) {
            return phrases.say("why.fires.above", above);
        }
        return below.isEmpty() ? "" : phrases.say("why.fires.below", below);
    }

    private static String amount(Quantities quantities, double value) {
        return Double.isFinite(value) ? quantities.amount(value) : "";
    }

    private String score(double score) {
        return String.format(phrases.locale(), "%.2f", score);
    }
}

package dev.vedette.dashboard;

import dev.vedette.detection.JudgedMoment;
import dev.vedette.explanation.Why;
import dev.vedette.explanation.WhyWords;
import dev.vedette.series.Series;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The box that says why there is an anomaly at a time, or none.
 *
 * @param at the time in the field, in the reader's zone
 * @param window the window's parameters, kept when asking
 * @param question what was asked; empty when nothing was
 * @param sentence the answer
 * @param checks what the point was asked, in order
 * @param fires what would have opened an anomaly; may be empty
 */
public record WhyPanel(
        String at,
        List<Kept> window,
        String question,
        String sentence,
        List<Check> checks,
        String fires) {
    /** A parameter of the page that is sent again. */
    public record Kept(String name, String value) {}

    /**
     * One check.
     *
     * @param outcome as a class of its style
     * @param sign a mark before it
     * @param said the outcome in words
     * @param text what was asked
     */
    public record Check(String outcome, String sign, String said, String text) {}

    /** Nothing asked yet; the field offers that time. */
    static WhyPanel unasked(Visit visit, Instant at) {
        return new WhyPanel(visit.field(at), kept(visit), "", "", List.of(), "");
    }

    /** The answer for that moment. */
    static WhyPanel of(Visit visit, Series series, JudgedMoment moment) {
        Language language = visit.language();
        Why why = new WhyWords(language.words()).say(series, moment, visit.clock().zone());
        String question =
                language.say(
                        moment.standing() == JudgedMoment.Standing.ANOMALY
                                ? "why.anomaly"
                                : "why.none",
                        visit.clock().at(moment.at()));
        return new WhyPanel(
                visit.field(moment.at()),
                kept(visit),
                question,
                why.sentence(),
                why.checks().stream().map(one -> check(one, language)).toList(),
                why.wouldHaveFired());
    }

    private static Check check(Why.Check check, Language language) {
        return switch (check.outcome()) {
            case PASSED -> new Check("passed", "✓", language.say("why.passed"), check.text());
            case STOPPED -> new Check("stopped", "✕", language.say("why.stopped"), check.text());
            case WOULD_PASS -> new Check("beyond", "✓", language.say("why.passes"), check.text());
            case WOULD_STOP -> new Check("beyond", "✕", language.say("why.fails"), check.text());
        };
    }

    private static List<Kept> kept(Visit visit) {
        return Stream.concat(
                        Arrays.stream(visit.window().query().split("&", -1)), visit.kept().stream())
                .filter(pair -> pair.contains("="))
                .map(pair -> pair.split("=", 2))
                .map(pair -> new Kept(pair[0], pair[1]))
                .toList();
    }
}

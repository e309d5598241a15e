package dev.vedette.dashboard;

import dev.vedette.detection.Anomaly;

/**
 * An anomaly as one row of a table.
 *
 * @param start when it began
 * @param score its highest score
 * @param what what it is
 * @param kind its kind in words
 * @param state where it stands
 * @param href its page
 */
public record AnomalyLine(
        String start, ScoreMark score, Sentence what, String kind, String state, String href) {
    static AnomalyLine of(Anomaly anomaly, Clock clock) {
        return new AnomalyLine(
                clock.at(anomaly.result().windowStart()),
                ScoreMark.of(anomaly.result().anomalyScore(), clock.language()),
                Sentence.of(anomaly, clock),
                kind(anomaly, clock.language()),
                clock.language().say("anomaly." + anomaly.status().label()),
                Links.anomaly(anomaly));
    }

    /** The kind of an anomaly in words. */
    static String kind(Anomaly anomaly, Language language) {
        return language.say("kind." + anomaly.result().kind().label());
    }
}

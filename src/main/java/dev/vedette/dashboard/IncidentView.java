package dev.vedette.dashboard;

import java.util.List;

/**
 * What the page of one incident shows.
 *
 * @param headline what and where
 * @param score its highest score
 * @param meta facts beside the score
 * @param lead where it most likely began, in a sentence
 * @param members its anomalies by onset
 * @param membersMore how many more there are, in words; empty when none
 * @param story what happened, oldest first
 * @param state where it stands, in a sentence
 * @param actions what the reader may do; empty when nothing
 * @param actHref where actions go
 * @param refused why the reader may do nothing; empty when they may
 * @param movedHref what moved in its time, of all series
 * @param feedback where a person says what it was
 */
public record IncidentView(
        String headline,
        ScoreMark score,
        List<String> meta,
        String lead,
        List<Member> members,
        String membersMore,
        List<AnomalyView.Step> story,
        String state,
        List<Action> actions,
        String actHref,
        String refused,
        String movedHref,
        FeedbackCorner feedback) {
    /** One of its anomalies: the whole row leads to its page. */
    public record Member(
            String start,
            ScoreMark score,
            String node,
            String metric,
            String kind,
            String state,
            String href) {}

    /** A button: its value as the API names it, its words, its key, whether it is the main one. */
    public record Action(String value, String words, String key, boolean main) {}
}

package dev.vedette.dashboard;

import java.util.List;

/**
 * What the page of the thresholds shows.
 *
 * @param headline how many rules there are
 * @param lead what holds where there is none
 * @param lines the rules by name
 * @param form the rule being made or changed
 * @param title of the form
 * @param isNew whether the form makes a rule
 * @param families what the form's family may be
 * @param engines what its engine may be
 * @param problem what went wrong the last time; empty when nothing did
 * @param effect what the rule would have changed, in a sentence; empty when that was not asked
 * @param effects the same by series
 * @param refused why nothing can be changed here; empty when it can
 * @param code the rules as text for a shell
 */
public record ThresholdsView(
        String headline,
        String lead,
        List<Line> lines,
        ThresholdForm form,
        String title,
        boolean isNew,
        List<String> families,
        List<String> engines,
        String problem,
        String effect,
        List<Effect> effects,
        String refused,
        List<AsCode> code) {
    /** Whether the name stays as it is. */
    public boolean isFixed() {
        return !isNew;
    }

    /**
     * One rule.
     *
     * @param name its name
     * @param href where it is changed; empty for one that is changed over the API only
     * @param scope which series, in words
     * @param sets what it sets, in words
     * @param changed by whom and when
     */
    public record Line(String name, String href, String scope, String sets, String changed) {}

    /**
     * What a rule would have changed on one series, or on a node as a whole.
     *
     * @param series its node and metric
     * @param now alarms by the rules as they are
     * @param then alarms with the rule
     */
    public record Effect(String series, int now, int then) {}
}

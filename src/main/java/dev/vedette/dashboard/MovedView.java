package dev.vedette.dashboard;

import java.util.List;

/**
 * What the page of a window shows: which series were unusual in it against before.
 *
 * @param headline what moved most, in a sentence
 * @param lead the window and what it is compared with
 * @param lines the series, the greatest rise first
 * @param more how many more there are, in words; empty when none
 * @param tree where what moved belongs
 * @param from start of the window as a field holds it
 * @param to its end
 * @param problem why the fields were not understood; may be empty
 */
public record MovedView(
        String headline,
        String lead,
        List<Line> lines,
        String more,
        List<Branch> tree,
        String from,
        String to,
        String problem) {
    /**
     * A series.
     *
     * @param peak its highest score in the window
     * @param levels what it was before and is in the window
     * @param share its part of what moved
     */
    public record Line(
            String node,
            String cluster,
            String metric,
            String href,
            ScoreMark peak,
            String levels,
            Share share,
            String when) {}

    /** A part of what moved: the width of its bar and its words. */
    public record Share(String width, String words) {
        static Share of(double share, Language language) {
            return new Share(
                    Svg.percent(Math.clamp(share, 0, 1)),
                    share > 0 && share < 0.005 ? "<1\u202f%" : language.percent(share, 0));
        }
    }

    /** A cluster, node or metric, its part, and what is in it. */
    public record Branch(String name, Share share, List<Branch> parts) {}
}

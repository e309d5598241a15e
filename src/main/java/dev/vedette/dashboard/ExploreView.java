package dev.vedette.dashboard;

import java.util.List;

/**
 * What the list of series shows.
 *
 * @param headline how many there are, in one sentence
 * @param cluster the filter's cluster; empty for any
 * @param node the filter's node; empty for any
 * @param metric the filter's metric; empty for any
 * @param lines the series
 * @param next link to the next page; empty on the last
 * @param csv the list as a file
 * @param code the list as text for a shell
 */
public record ExploreView(
        String headline,
        String cluster,
        String node,
        String metric,
        List<Line> lines,
        String next,
        String csv,
        List<AsCode> code) {
    /** One series. */
    public record Line(
            String cluster,
            String node,
            String nodeHref,
            String metric,
            String href,
            String unit,
            String last,
            String seen) {}
}

package dev.vedette.dashboard;

import java.util.List;

/**
 * What the page of detectors shows.
 *
 * @param headline how many series are judged, in a sentence
 * @param width of the bar of those, a percentage
 * @param engines what each engine has at work
 * @param learning series that are not judged yet, the last to be ready first
 */
public record DetectorsView(
        String headline, String width, List<Engine> engines, List<Learning> learning) {
    /** An engine with its series. */
    public record Engine(String name, String ready, String learning) {}

    /** A series and when its first verdict is due. */
    public record Learning(
            String cluster, String node, String metric, String href, String engine, String ready) {}
}

package dev.vedette.dashboard;

import java.util.List;

/**
 * What the page of routes shows.
 *
 * @param headline how many hear, in a sentence
 * @param lead what that means
 * @param lines the routes in the order they are asked
 * @param tests answers to the tests that were just sent; empty when none was
 * @param form makes or changes one
 */
public record RoutesView(
        String headline,
        String lead,
        List<Line> lines,
        List<ChannelTests.Line> tests,
        SettingForm form) {
    /**
     * A route.
     *
     * @param about which incidents
     * @param manner how often, and who hears when nobody takes it
     * @param state what is wrong with it; may be empty
     */
    public record Line(
            String name, String href, String about, String channels, String manner, String state) {}
}

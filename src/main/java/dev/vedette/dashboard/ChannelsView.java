package dev.vedette.dashboard;

import java.util.List;

/**
 * What the page of channels shows.
 *
 * @param headline how many there are and how they do, in a sentence
 * @param lines the channels by name
 * @param tests answers to the test that was just sent; empty when none was
 * @param kinds what a new one can be
 * @param newSecret the signing secret that was just made; empty when none was
 * @param form makes or changes one
 */
public record ChannelsView(
        String headline,
        List<Line> lines,
        List<ChannelTests.Line> tests,
        List<Kind> kinds,
        String newSecret,
        SettingForm form) {
    /**
     * A channel.
     *
     * @param target where it leads, without secrets
     * @param routes that tell it
     * @param state how it does
     */
    public record Line(
            String name, String href, String kind, String target, String routes, String state) {}

    /** A kind of channel to make one of. */
    public record Kind(String name, String href, boolean isCurrent) {}
}

package dev.vedette.dashboard;

import java.util.List;

/**
 * What the page of alerts shows.
 *
 * @param headline who was told lately, in a sentence
 * @param lead what that means
 * @param deliveries what was sent, newest first
 * @param routes who hears of what, in the order they are asked
 * @param silences those in force or to come
 * @param form what the fields of a new silence hold
 * @param preview what it would have muted; empty when it was not tried
 * @param muted titles of what it would have muted, newest first
 * @param problem why the last attempt was refused; may be empty
 * @param maySilence whether the reader may silence
 * @param mayReplay whether the reader may have a message sent again
 */
public record AlertsView(
        String headline,
        String lead,
        List<Told> deliveries,
        List<Way> routes,
        List<Quiet> silences,
        Fields form,
        String preview,
        List<String> muted,
        String problem,
        boolean maySilence,
        boolean mayReplay) {
    /**
     * One message to one channel.
     *
     * @param state what became of it, with the answer of the other side
     * @param again names it when it can be sent again; empty while it is on its way
     */
    public record Told(
            String at,
            String title,
            String href,
            String event,
            String channel,
            String state,
            String again) {}

    /** A route. */
    public record Way(String name, String about, String channels, String state) {}

    /** A silence. */
    public record Quiet(String name, String about, String reason, String until, long revision) {}

    /** The fields of a new silence as texts. */
    public record Fields(String matcher, String reason, String hours) {
        /** The hours that can be chosen. */
        public static final List<String> HOURS = List.of("1", "2", "4", "8", "24", "72", "168");

        /** The hours that can be chosen. */
        public List<String> choices() {
            return HOURS;
        }
    }
}

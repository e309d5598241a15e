package dev.vedette.dashboard;

import java.util.List;

/**
 * What the page of API keys shows.
 *
 * @param headline how many are accepted, in a sentence
 * @param lines the keys, those that are accepted first, the newest first
 * @param newSecret the secret of the key that was just made; empty when none was
 * @param problem why revoking was refused; may be empty
 * @param form makes one
 */
public record KeysView(
        String headline, List<Line> lines, String newSecret, String problem, SettingForm form) {
    /**
     * A key.
     *
     * @param made when and by whom
     * @param used when last
     * @param state how long it is accepted, or since when it is not
     */
    public record Line(
            String id,
            String name,
            String roles,
            String made,
            String used,
            String state,
            boolean isLive) {}
}

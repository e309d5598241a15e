package dev.vedette.dashboard;

import java.util.List;

/**
 * What the page of users shows.
 *
 * @param headline how many may sign in, in a sentence
 * @param lines the users by name
 * @param changing whether the form changes one, rather than making one
 * @param form makes or changes one
 */
public record UsersView(String headline, List<Line> lines, boolean changing, SettingForm form) {
    /**
     * A user.
     *
     * @param made when
     * @param state whether sign-in is open
     */
    public record Line(String name, String href, String role, String made, String state) {}
}

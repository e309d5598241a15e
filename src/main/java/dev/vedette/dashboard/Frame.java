package dev.vedette.dashboard;

import java.util.List;

/**
 * What every page has around it.
 *
 * @param title of the browser's window
 * @param section which entry of the navigation is current: {@code watch}, {@code incidents}, {@code
 *     alerts}, {@code payments}, {@code thresholds}, {@code explore}, {@code backtests}, {@code
 *     backfills} or {@code admin}
 * @param rights what the reader's role opens
 * @param tenant what the tenant is called
 * @param language what the page speaks
 * @param theme {@code light}, {@code dark}, or empty for what the system says
 * @param otherTheme what the theme switch leads to
 * @param zone what the reader's zone is called
 * @param zoneId its name in the IANA database
 * @param self path and query of this page, to come back to
 * @param query the window's part of a link
 * @param table whether charts stand as tables
 * @param tableHref this page with charts and tables swapped
 * @param strip the week above the page
 * @param facts what the foot of the page says
 */
public record Frame(
        String title,
        String section,
        Rights rights,
        String tenant,
        Language language,
        String theme,
        String otherTheme,
        String zone,
        String zoneId,
        String self,
        String query,
        boolean table,
        String tableHref,
        WatchStrip strip,
        List<String> facts) {
    /** The path of this page. */
    public String path() {
        int query = self.indexOf('?');
        return query < 0 ? self : self.substring(0, query);
    }

    /** The page where another time zone is chosen, which leads back here. */
    public String zoneHref() {
        return "/time-zone?back=" + Frames.encode(self);
    }

    /** Whether the page follows what happens: at the present, and of a tenant. */
    public boolean live() {
        return rights.tenant() && strip.live();
    }
}

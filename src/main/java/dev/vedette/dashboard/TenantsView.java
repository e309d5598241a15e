package dev.vedette.dashboard;

import java.util.List;

/**
 * What the page of all tenants shows.
 *
 * @param headline how they do, in a sentence
 * @param lines the tenants by id
 * @param next link to the next ones; empty at the end
 * @param form makes one
 */
public record TenantsView(String headline, List<Line> lines, String next, SettingForm form) {
    /**
     * A tenant with what it uses.
     *
     * @param made when
     * @param storage of all that is kept
     * @param alerts open incidents and messages of the last day
     */
    public record Line(
            String id,
            String name,
            UsageView.Quota series,
            UsageView.Quota points,
            String storage,
            String alerts,
            String made) {}
}

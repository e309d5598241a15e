package dev.vedette.dashboard;

import java.util.List;

/**
 * What the page of usage shows.
 *
 * @param headline how near the tenant is to its limits, in a sentence
 * @param quotas what has a limit
 * @param facts what has none
 */
public record UsageView(String headline, List<Quota> quotas, List<Fact> facts) {
    /**
     * Something against its limit.
     *
     * @param what it is
     * @param used of it, in words
     * @param limit most of it, in words
     * @param share used over limit, in words
     * @param width of its bar
     * @param state {@code crit}, {@code warn} or {@code quiet}
     */
    public record Quota(
            String what, String used, String limit, String share, String width, String state) {}

    /** Something that is only told: name, value and what it means. */
    public record Fact(String what, String value, String meaning) {}
}

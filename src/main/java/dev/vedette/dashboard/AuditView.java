package dev.vedette.dashboard;

import java.util.List;

/**
 * What the page of the audit trail shows.
 *
 * @param headline how far the list reaches, in a sentence
 * @param from not before, as a field holds it; may be empty
 * @param to before, as a field holds it; may be empty
 * @param subject by whom; may be empty
 * @param action what was done; may be empty
 * @param object to what; may be empty
 * @param lines the changes, newest first
 * @param next link to older ones; empty at the end
 */
public record AuditView(
        String headline,
        String from,
        String to,
        String subject,
        String action,
        String object,
        List<Line> lines,
        String next) {
    /**
     * A change.
     *
     * @param by which kind of credential
     * @param request its id in the log; may be empty
     */
    public record Line(
            String at, String subject, String action, String object, String by, String request) {}
}

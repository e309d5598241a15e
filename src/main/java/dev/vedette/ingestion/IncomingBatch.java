package dev.vedette.ingestion;

import java.util.List;
import java.util.Set;

/**
 * A decoded request, not yet checked.
 *
 * @param series its series, in the order received
 * @param points the columns the series point into; handed over, not shared
 * @param namedTenants the tenants named in the body, to be compared with the credential's
 */
public record IncomingBatch(
        List<IncomingSeries> series, IncomingPoints points, Set<String> namedTenants) {}

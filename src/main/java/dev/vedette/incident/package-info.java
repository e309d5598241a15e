/**
 * Anomalies that belong together, as one incident: what began it, where it spread, whether it is
 * over. Grouping and words are pure: no framework, no SQL, no clock. May import {@code tenant},
 * {@code series}, {@code detection} and {@code explanation}. First class to read: {@link
 * dev.vedette.incident.IncidentGrouper}.
 */
@NullMarked
package dev.vedette.incident;

import org.jspecify.annotations.NullMarked;

/**
 * Traces by OpenTelemetry: where they go, which span the calling code works for, and how a trace is
 * written down where work waits in the database. Uses no other package of the service. First class
 * to read: {@link dev.vedette.tracing.Tracing}.
 */
@NullMarked
package dev.vedette.tracing;

import org.jspecify.annotations.NullMarked;

/**
 * Engines outside of the process, over HTTP: the client of the protocol that {@code
 * docs/external-engines.md} describes, with limits, a circuit breaker and metrics.
 */
@org.jspecify.annotations.NullMarked
package dev.vedette.detection.external;

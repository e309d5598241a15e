/**
 * Telling people about incidents: where messages may go, and what proves that they are ours. May
 * import {@code tenant}, {@code series} and {@code incident}. First class to read: {@link
 * dev.vedette.alerting.TargetGuard}.
 */
@NullMarked
package dev.vedette.alerting;

import org.jspecify.annotations.NullMarked;

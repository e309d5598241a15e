/**
 * Telling people about incidents: who hears of which ({@link dev.vedette.alerting.Route}), when
 * nobody does ({@link dev.vedette.alerting.Silence}), what is sent and what became of it. Deciding
 * is pure: no framework, no SQL, no clock. May import {@code tenant}, {@code series}, {@code
 * scheduling}, {@code http}, {@code detection}, {@code explanation} and {@code incident}. First
 * class to read: {@link dev.vedette.alerting.AlertPlanner}.
 */
@NullMarked
package dev.vedette.alerting;

import org.jspecify.annotations.NullMarked;

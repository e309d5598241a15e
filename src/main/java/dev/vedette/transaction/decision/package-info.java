/**
 * One decision of statistics, models and rules: a calibrated score, an outcome by thresholds, and
 * the reasons in plain words. Pure: no framework, no SQL, no clock. First class to read: {@link
 * dev.vedette.transaction.decision.DecisionModel}.
 */
@NullMarked
package dev.vedette.transaction.decision;

import org.jspecify.annotations.NullMarked;

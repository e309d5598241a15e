/**
 * The part of Prometheus' query language that reads this service's data: what a tenant sent, what
 * was expected of it, how strange it was. {@link dev.vedette.promql.Parser} and {@link
 * dev.vedette.promql.Evaluator} are pure; {@link dev.vedette.promql.SelectedSamples} fetches what
 * they need before they run.
 */
@NullMarked
package dev.vedette.promql;

import org.jspecify.annotations.NullMarked;

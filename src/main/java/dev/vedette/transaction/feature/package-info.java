/**
 * Numbers about a transaction and the habits of those in it, declared by a tenant and kept up with
 * every transaction. Pure: no framework, no SQL, no clock. Training, backtests and live decisions
 * run the same {@link dev.vedette.transaction.feature.FeatureEngine}. First class to read: {@link
 * dev.vedette.transaction.feature.FeatureSpec}.
 */
@NullMarked
package dev.vedette.transaction.feature;

import org.jspecify.annotations.NullMarked;

/**
 * Changes of the rules on the past: quick looks at a few series, and jobs over many that survive a
 * restart. Imports {@code detection}, {@code tenant}, {@code scheduling} and {@code http}. First
 * class to read: {@link dev.vedette.detection.backtest.Backtest}.
 */
@NullMarked
package dev.vedette.detection.backtest;

import org.jspecify.annotations.NullMarked;

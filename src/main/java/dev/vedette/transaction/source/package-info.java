/**
 * Transactions that the service fetches or makes by itself, through the intake of everybody. First
 * class to read: {@link dev.vedette.transaction.source.DemoPayments}.
 */
@NullMarked
package dev.vedette.transaction.source;

import org.jspecify.annotations.NullMarked;

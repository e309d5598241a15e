/**
 * What people say of decided transactions, which of them are put before people, and how often rules
 * and models were right by that. Imports {@code transaction.*}, {@code tenant} and {@code http}.
 * First class to read: {@link dev.vedette.transaction.review.Reviews}.
 */
@NullMarked
package dev.vedette.transaction.review;

import org.jspecify.annotations.NullMarked;

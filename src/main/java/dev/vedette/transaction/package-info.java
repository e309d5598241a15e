/**
 * The payment road: a transaction as the tenant's schema accepted it, its features, the models and
 * rules that judge it, and the one decision made of them. May import {@code tenant}, {@code series}
 * and {@code detection.engine}; its packages {@code feature}, {@code model}, {@code rule} and
 * {@code decision} are pure: no framework, no SQL, no clock. First class to read: {@link
 * dev.vedette.transaction.Transaction}.
 */
@NullMarked
package dev.vedette.transaction;

import org.jspecify.annotations.NullMarked;

/**
 * The way in for transactions: the tenant's schema, admission, and handing on to whoever decides.
 * Knows no protocol. First class to read: {@link dev.vedette.transaction.intake.TransactionIntake}.
 */
@NullMarked
package dev.vedette.transaction.intake;

import org.jspecify.annotations.NullMarked;

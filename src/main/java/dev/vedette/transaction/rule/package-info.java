/**
 * Rules that people write: expressions over a transaction and its features, checked when they are
 * saved, bounded in what they cost, traced when they are evaluated. Pure: imports {@code
 * transaction}, the expression language and the JDK only. First class to read: {@link
 * dev.vedette.transaction.rule.RuleCompiler}.
 */
@NullMarked
package dev.vedette.transaction.rule;

import org.jspecify.annotations.NullMarked;

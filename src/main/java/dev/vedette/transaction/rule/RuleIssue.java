package dev.vedette.transaction.rule;

/**
 * What is wrong with an expression.
 *
 * @param line from 1
 * @param column from 1, in characters
 * @param code a stable name
 * @param detail what is wrong, with the offending text
 * @param fix what to do
 */
public record RuleIssue(int line, int column, String code, String detail, String fix) {}

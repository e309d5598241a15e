package dev.vedette.transaction;

/**
 * Why a transaction was decided as it was, in plain words.
 *
 * @param code what spoke, stable: {@code rule:<name>}, {@code model:<name>} or {@code
 *     statistics:<feature>}
 * @param text one sentence or less, without a final point
 * @param weight in (0,1]: how much it had to do with the score
 */
public record Reason(String code, String text, double weight) {}

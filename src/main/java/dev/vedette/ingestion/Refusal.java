package dev.vedette.ingestion;

/**
 * One thing that was refused, as the sender is told.
 *
 * @param pointer JSON pointer (RFC 6901) to it in the request
 * @param reason why
 * @param detail what exactly was wrong, with the offending value
 */
public record Refusal(String pointer, RefusalReason reason, String detail) {}

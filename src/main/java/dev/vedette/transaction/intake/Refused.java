package dev.vedette.transaction.intake;

/**
 * Why an item is no transaction of the tenant.
 *
 * @param pointer where, a JSON pointer into the item; empty for the item as a whole
 * @param code stable name of the broken rule
 * @param detail what is wrong, with the offending value
 * @param fix what to send instead
 */
public record Refused(String pointer, String code, String detail, String fix) {}

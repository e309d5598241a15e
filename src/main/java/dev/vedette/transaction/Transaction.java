package dev.vedette.transaction;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A payment of one tenant, as its schema accepted it. What is missing is null; a text is never
 * empty.
 *
 * @param id unique within the tenant: the same id again is the same transaction
 * @param account who pays: the card holder, user or account that habits are kept of
 * @param time when it happened, at its source; millisecond precision counts
 * @param amount finite, 0 or more, in units of {@code currency}
 * @param currency ISO 4217, three upper-case letters
 * @param merchant who is paid
 * @param country where, ISO 3166 alpha-2, upper case
 * @param channel how, such as {@code pos} or {@code online}
 * @param attributes everything else
 */
public record Transaction(
        String id,
        String account,
        Instant time,
        double amount,
        String currency,
        @Nullable String merchant,
        @Nullable String country,
        @Nullable String channel,
        Attributes attributes) {
    /** Longest id, account, merchant, country or channel, in UTF-16 characters. */
    public static final int MOST_CHARACTERS = 256;

    /**
     * Checks the fields.
     *
     * @throws IllegalArgumentException when a text is empty, too long or holds U+0000, or the
     *     amount is negative or not finite
     */
    public Transaction {
        requireText("id", id);
        requireText("account", account);
        requireText("currency", currency);
        requireTextIfPresent("merchant", merchant);
        requireTextIfPresent("country", country);
        requireTextIfPresent("channel", channel);
        if (!(amount >= 0 && Double.isFinite(amount))) {
            throw new IllegalArgumentException("amount must be 0 or more, is " + amount);
        }
    }

    /**
     * The value of a field as text: what names the entity it is about.
     *
     * @param field {@code account}, {@code merchant}, {@code country}, {@code channel}, {@code
     *     currency}, or the name of an attribute
     * @return empty when the transaction has none
     */
    public Optional<String> text(String field) {
        return switch (field) {
            case "account" -> Optional.of(account);
            case "currency" -> Optional.of(currency);
            case "merchant" -> Optional.ofNullable(merchant);
            case "country" -> Optional.ofNullable(country);
            case "channel" -> Optional.ofNullable(channel);
            default -> attributes.find(field).map(AttributeValue::text);
        };
    }

    private static void requireTextIfPresent(String name, @Nullable String value) {
        if (value != null) {
            requireText(name, value);
        }
    }

    private static void requireText(String name, String value) {
        if (value.isEmpty() || value.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException(
                    name
                            + " must have 1 to "
                            + MOST_CHARACTERS
                            + " characters, has "
                            + value.length());
        }
        if (value.indexOf(0) >= 0) {
            throw new IllegalArgumentException(name + " must not hold U+0000");
        }
    }
}

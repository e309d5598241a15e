package dev.vedette.tenant;

import java.util.regex.Pattern;

/**
 * Names a tenant. Everything stored or asked carries one, and it comes from the caller's credential
 * only.
 *
 * @param value 1 to 63 characters of {@code a-z 0-9 - _}, starting with a letter or digit
 */
public record TenantId(String value) implements Comparable<TenantId> {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

    /**
     * Validates the form.
     *
     * @throws IllegalArgumentException when the value has another form; the message holds the value
     */
    public TenantId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "tenant id must be 1 to 63 characters of a-z, 0-9, '-' and '_', is '"
                            + value
                            + "'");
        }
    }

    @Override
    public int compareTo(TenantId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

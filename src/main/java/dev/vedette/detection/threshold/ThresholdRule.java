package dev.vedette.detection.threshold;

import java.time.Instant;

/**
 * One stored rule of a tenant.
 *
 * @param name its name, unique in the tenant: 1 to 64 of a-z, 0-9, {@code -}, {@code _} and {@code
 *     .}, the first a letter or digit
 * @param scope which series
 * @param fields what it sets, at least one
 * @param revision when it was last changed, on the service's own number line; its entity tag
 * @param changedBy who changed it
 * @param changedAt when
 */
public record ThresholdRule(
        String name,
        ThresholdScope scope,
        ThresholdFields fields,
        long revision,
        String changedBy,
        Instant changedAt) {
    private static final String NAME = "[a-z0-9][a-z0-9._-]{0,63}";

    /**
     * Validates.
     *
     * @throws IllegalArgumentException when the name has another form, nothing is set, or something
     *     that means nothing in its scope
     */
    public ThresholdRule {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "the name of a rule must match " + NAME + ", is '" + name + "'");
        }
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("a rule must set something");
        }
        scope.requireTaking(fields);
    }

    /** Whether a rule may have that name. */
    public static boolean isName(String name) {
        return name.matches(NAME);
    }
}

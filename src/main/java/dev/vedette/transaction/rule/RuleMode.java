package dev.vedette.transaction.rule;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether a published rule acts. */
public enum RuleMode {
    /** Its effect counts. */
    ENABLED,
    /** It is evaluated and shown, its effect does not count. */
    SHADOW,
    /** It is not evaluated. */
    OFF;

    /** The mode in the API and in the database: the name in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The mode of that label. */
    public static Optional<RuleMode> of(String label) {
        return Arrays.stream(values()).filter(mode -> mode.label().equals(label)).findFirst();
    }
}

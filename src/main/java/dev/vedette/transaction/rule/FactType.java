package dev.vedette.transaction.rule;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import java.util.Locale;

/** What kind of value a name in a rule has. */
public enum FactType {
    /** Text; empty when the transaction has none. */
    TEXT(SimpleType.STRING),
    /** A number with a decimal point; may be unknown. */
    NUMBER(SimpleType.DOUBLE),
    /** Yes or no; may be unknown. */
    TRUTH(SimpleType.BOOL),
    /** A point in time. */
    TIME(SimpleType.TIMESTAMP);

    private final CelType type;

    FactType(CelType type) {
        this.type = type;
    }

    CelType type() {
        return type;
    }

    /** The type in the API: the name in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

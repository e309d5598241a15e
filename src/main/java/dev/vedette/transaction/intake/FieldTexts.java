package dev.vedette.transaction.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vedette.transaction.Transaction;
import org.jspecify.annotations.Nullable;

/** What fields and attributes of an item have in common: their values, and how faults name them. */
final class FieldTexts {
    private FieldTexts() {}

    /** The text of that field, without blanks around it; null when it is not there. */
    static @Nullable String text(JsonNode item, String name) throws TransactionFault {
        JsonNode value = item.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new TransactionFault(
                    "/" + name,
                    "wrong_type",
                    name + " must be a text",
                    "Send it in quotation marks.");
        }
        String text = value.textValue().strip();
        if (text.isEmpty()
                || text.length() > Transaction.MOST_CHARACTERS
                || text.chars().anyMatch(Character::isISOControl)
                || !isStorable(text)) {
            throw new TransactionFault(
                    "/" + name,
                    "wrong_form",
                    name + " has " + text.length() + " characters or holds control characters",
                    "Send 1 to "
                            + Transaction.MOST_CHARACTERS
                            + " printable ones, or leave it out.");
        }
        return text;
    }

    /** A finite number. */
    static double number(JsonNode value, String pointer) throws TransactionFault {
        double number = value.isNumber() ? value.doubleValue() : Double.NaN;
        if (!Double.isFinite(number)) {
            throw new TransactionFault(
                    pointer,
                    "wrong_type",
                    "the value must be a number",
                    "Send a finite number without quotation marks.");
        }
        return number;
    }

    /** Refuses a text the rule does not name. */
    static void among(FieldRule rule, String value, String pointer) throws TransactionFault {
        if (!rule.allowed().isEmpty() && !rule.allowed().contains(value)) {
            throw new TransactionFault(
                    pointer,
                    "not_allowed",
                    "'" + cut(value) + "' is not allowed",
                    "Send one of "
                            + String.join(", ", rule.allowed().stream().limit(20).toList())
                            + ".");
        }
    }

    /** Refuses a number outside of the rule's range. */
    static void between(FieldRule rule, double value, String pointer) throws TransactionFault {
        if (value < rule.minimum().orElse(value) || value > rule.maximum().orElse(value)) {
            throw new TransactionFault(
                    pointer,
                    "out_of_range",
                    "the value is " + value,
                    "Send "
                            + rule.minimum().orElse(Double.NEGATIVE_INFINITY)
                            + " to "
                            + rule.maximum().orElse(Double.POSITIVE_INFINITY)
                            + ".");
        }
    }

    /** Whether PostgreSQL can hold it: neither zeros nor halves of characters. */
    static boolean isStorable(String text) {
        return text.indexOf(0) < 0 && text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
    }

    /** A name as part of a JSON pointer. */
    static String escaped(String name) {
        return cut(name).replace("~", "~0").replace("/", "~1");
    }

    /** The beginning of a text somebody sent. */
    static String cut(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}

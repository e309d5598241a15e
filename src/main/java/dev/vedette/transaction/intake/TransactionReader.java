package dev.vedette.transaction.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vedette.transaction.AttributeValue;
import dev.vedette.transaction.Attributes;
import dev.vedette.transaction.Transaction;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads one item by the tenant's schema: checks every field and brings countries and currencies
 * into their one form. Stops at the first fault. Not thread-safe; one per item.
 */
final class TransactionReader {
    private static final double LARGEST = 1e15;
    private static final Duration AHEAD = Duration.ofMinutes(10);
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

    private static final Set<String> KNOWN =
            Set.of(
                    "transaction_id",
                    "account_id",
                    "amount",
                    "currency",
                    "time",
                    "merchant",
                    "country",
                    "channel",
                    "attributes",
                    "tenant_id");

    private final TransactionSchema schema;
    private final Instant now;

    TransactionReader(TransactionSchema schema, Instant now) {
        this.schema = schema;
        this.now = now;
    }

    /** A fault; carries where and why. */
    static final class Fault extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Refused refused;

        Fault(String pointer, String code, String detail, String fix) {
            super(detail, null, false, false);
            this.refused = new Refused(pointer, code, detail, fix);
        }

        Refused refused() {
            return refused;
        }
    }

    /** The transaction of an item. */
    Transaction read(JsonNode item) throws Fault {
        if (!item.isObject()) {
            throw new Fault(
                    "",
                    "wrong_type",
                    "a transaction must be an object",
                    "Send {\"transaction_id\": …, \"account_id\": …, \"amount\": …, …}.");
        }
        for (var names = item.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!KNOWN.contains(name)) {
                throw new Fault(
                        "/" + escaped(name),
                        "unknown_field",
                        "there is no field '" + cut(name) + "'",
                        "Put your own fields under attributes.");
            }
        }
        String currency = required(item, "currency");
        return new Transaction(
                required(item, "transaction_id"),
                required(item, "account_id"),
                time(item.path("time")),
                amount(item.path("amount")),
                narrowed(
                        "currency",
                        Countries.currency(currency)
                                .orElseThrow(() ->
                                        new Fault(
                                                "/currency",
                                                "unknown_currency",
                                                "'" + cut(currency) + "' is no currency",
                                                "Send an ISO 4217 code such as EUR."))),
                narrowed("merchant", text(item, "merchant")),
                narrowed("country", country(text(item, "country"))),
                narrowed("channel", text(item, "channel")),
                attributes(item.path("attributes")));
    }

    private static String required(JsonNode item, String name) throws Fault {
        String value = text(item, name);
        if (value == null) {
            throw new Fault(
                    "/" + name,
                    "required",
                    name + " is missing",
                    "Send "
                            + name
                            + ", a text of 1 to "
                            + Transaction.MOST_CHARACTERS
                            + " characters.");
        }
        return value;
    }

    private static @Nullable String text(JsonNode item, String name) throws Fault {
        JsonNode value = item.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new Fault(
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
            throw new Fault(
                    "/" + name,
                    "wrong_form",
                    name + " has " + text.length() + " characters or holds control characters",
                    "Send 1 to "
                            + Transaction.MOST_CHARACTERS
                            + " printable ones, or leave it out.");
        }
        return text;
    }

    private static double number(JsonNode value, String pointer) throws Fault {
        double number = value.isNumber() ? value.doubleValue() : Double.NaN;
        if (!Double.isFinite(number)) {
            throw new Fault(
                    pointer,
                    "wrong_type",
                    "the value must be a number",
                    "Send a finite number without quotation marks.");
        }
        return number;
    }

    private double amount(JsonNode value) throws Fault {
        if (value.isMissingNode() || value.isNull()) {
            throw new Fault(
                    "/amount",
                    "required",
                    "amount is missing",
                    "Send amount, a number of 0 or more.");
        }
        double amount = number(value, "/amount");
        if (amount < 0 || amount > LARGEST) {
            throw new Fault(
                    "/amount",
                    "amount_out_of_range",
                    "amount is " + amount,
                    "Send 0 to 10^15; a refund is a transaction of its own with a positive amount.");
        }
        FieldRule rule = schema.fields().get("amount");
        if (rule != null) {
            between(rule, amount, "/amount");
        }
        return amount;
    }

    private Instant time(JsonNode value) throws Fault {
        Instant time = null;
        try {
            if (value.isIntegralNumber()) {
                time = Instant.ofEpochMilli(value.longValue());
            } else if (value.isTextual()) {
                time =
                        DateTimeFormatter.ISO_OFFSET_DATE_TIME
                                .parse(value.textValue(), Instant::from)
                                .truncatedTo(ChronoUnit.MILLIS);
            }
        } catch (DateTimeException e) {
            time = null;
        }
        if (time == null) {
            throw new Fault(
                    "/time",
                    value.isMissingNode() ? "required" : "wrong_form",
                    "time is missing or no time",
                    "Send RFC 3339 such as 2026-11-21T12:00:00Z, or whole milliseconds since 1970.");
        }
        if (time.isAfter(now.plus(AHEAD)) || time.isBefore(EARLIEST)) {
            throw new Fault(
                    "/time",
                    "time_out_of_range",
                    "time is " + time,
                    "Send the time of the payment; at most 10 minutes ahead of this service's clock.");
        }
        return time;
    }

    private static @Nullable String country(@Nullable String written) throws Fault {
        return written == null
                ? null
                : Countries.country(written)
                        .orElseThrow(() ->
                                new Fault(
                                        "/country",
                                        "unknown_country",
                                        "'" + cut(written) + "' is no country",
                                        "Send an ISO 3166 code such as DE."));
    }

    private <T extends @Nullable String> T narrowed(String name, T value) throws Fault {
        FieldRule rule = schema.fields().get(name);
        if (rule != null && value == null && rule.required()) {
            throw new Fault(
                    "/" + name,
                    "required",
                    name + " is missing",
                    "Send it: the tenant's schema asks for it.");
        }
        if (rule != null && value != null) {
            among(rule, value, "/" + name);
        }
        return value;
    }

    private Attributes attributes(JsonNode given) throws Fault {
        if (!given.isMissingNode() && !given.isNull() && !given.isObject()) {
            throw new Fault(
                    "/attributes",
                    "wrong_type",
                    "attributes must be an object",
                    "Send {\"name\": value, …}.");
        }
        for (Map.Entry<String, FieldRule> rule : schema.attributes().entrySet()) {
            if (rule.getValue().required() && !given.hasNonNull(rule.getKey())) {
                throw new Fault(
                        "/attributes/" + rule.getKey(),
                        "required",
                        "the attribute " + rule.getKey() + " is missing",
                        "Send it: the tenant's schema asks for it.");
            }
        }
        Map<String, AttributeValue> values = new TreeMap<>();
        for (Map.Entry<String, JsonNode> one : given.properties()) {
            if (!isStorable(one.getKey())) {
                throw new Fault(
                        "/attributes",
                        "wrong_form",
                        "an attribute's name is no Unicode",
                        "Send a name of letters, digits and '_'.");
            }
            if (!one.getValue().isNull()) {
                values.put(one.getKey(), attribute(one.getKey(), one.getValue()));
            }
        }
        try {
            return Attributes.of(values);
        } catch (IllegalArgumentException e) {
            throw new Fault(
                    "/attributes",
                    "too_many_attributes",
                    String.valueOf(e.getMessage()),
                    "Send fewer or shorter ones.");
        }
    }

    private AttributeValue attribute(String name, JsonNode value) throws Fault {
        String pointer = "/attributes/" + escaped(name);
        Optional<FieldRule> rule = Optional.ofNullable(schema.attributes().get(name));
        if (rule.isEmpty() && !schema.otherAttributes()) {
            throw new Fault(
                    pointer,
                    "unknown_attribute",
                    "the tenant's schema has no attribute '" + cut(name) + "'",
                    "Leave it out, or add it at PUT /api/v1/transaction-schema.");
        }
        FieldRule.Type type =
                switch (value.getNodeType()) {
                    case STRING -> FieldRule.Type.STRING;
                    case NUMBER -> FieldRule.Type.NUMBER;
                    case BOOLEAN -> FieldRule.Type.BOOLEAN;
                    default ->
                            throw new Fault(
                                    pointer,
                                    "wrong_type",
                                    "an attribute is a text, a number, true or false",
                                    "Send its parts as attributes of their own.");
                };
        if (rule.isPresent() && rule.get().type() != type) {
            throw new Fault(
                    pointer,
                    "wrong_type",
                    "the attribute is a "
                            + type.label()
                            + ", the schema says "
                            + rule.get().type().label(),
                    "Send a " + rule.get().type().label() + ".");
        }
        return switch (type) {
            case BOOLEAN -> new AttributeValue.Flag(value.booleanValue());
            case NUMBER -> {
                double number = number(value, pointer);
                if (rule.isPresent()) {
                    between(rule.get(), number, pointer);
                }
                yield new AttributeValue.Numeric(number);
            }
            case STRING -> textAttribute(value.textValue(), rule, pointer);
        };
    }

    private static AttributeValue textAttribute(
            String text, Optional<FieldRule> rule, String pointer) throws Fault {
        if (text.length() > AttributeValue.Text.MOST_CHARACTERS || !isStorable(text)) {
            throw new Fault(
                    pointer,
                    "wrong_form",
                    "the text has " + text.length() + " characters or is no Unicode",
                    "Send at most " + AttributeValue.Text.MOST_CHARACTERS + " characters.");
        }
        if (rule.isPresent()) {
            among(rule.get(), text, pointer);
        }
        return new AttributeValue.Text(text);
    }

    private static void among(FieldRule rule, String value, String pointer) throws Fault {
        if (!rule.allowed().isEmpty() && !rule.allowed().contains(value)) {
            throw new Fault(
                    pointer,
                    "not_allowed",
                    "'" + cut(value) + "' is not allowed",
                    "Send one of "
                            + String.join(", ", rule.allowed().stream().limit(20).toList())
                            + ".");
        }
    }

    private static void between(FieldRule rule, double value, String pointer) throws Fault {
        if (value < rule.minimum().orElse(value) || value > rule.maximum().orElse(value)) {
            throw new Fault(
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

    // PostgreSQL holds neither in a text
    private static boolean isStorable(String text) {
        return text.indexOf(0) < 0 && text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
    }

    private static String escaped(String name) {
        return cut(name).replace("~", "~0").replace("/", "~1");
    }

    private static String cut(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}

package dev.vedette.transaction.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vedette.transaction.AttributeValue;
import dev.vedette.transaction.Attributes;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the attributes of an item by the tenant's schema; stops at the first fault. */
record AttributesReader(TransactionSchema schema) {
    /** The attributes of an item; none when there is no such field. */
    Attributes read(JsonNode given) throws TransactionFault {
        if (!given.isMissingNode() && !given.isNull() && !given.isObject()) {
            throw new TransactionFault(
                    "/attributes",
                    "wrong_type",
                    "attributes must be an object",
                    "Send {\"name\": value, …}.");
        }
        for (Map.Entry<String, FieldRule> rule : schema.attributes().entrySet()) {
            if (rule.getValue().required() && !given.hasNonNull(rule.getKey())) {
                throw new TransactionFault(
                        "/attributes/" + rule.getKey(),
                        "required",
                        "the attribute " + rule.getKey() + " is missing",
                        "Send it: the tenant's schema asks for it.");
            }
        }
        Map<String, AttributeValue> values = new TreeMap<>();
        for (Map.Entry<String, JsonNode> one : given.properties()) {
            if (!FieldTexts.isStorable(one.getKey())) {
                throw new TransactionFault(
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
            throw new TransactionFault(
                    "/attributes",
                    "too_many_attributes",
                    String.valueOf(e.getMessage()),
                    "Send fewer or shorter ones.");
        }
    }

    private AttributeValue attribute(String name, JsonNode value) throws TransactionFault {
        String pointer = "/attributes/" + FieldTexts.escaped(name);
        Optional<FieldRule> rule = Optional.ofNullable(schema.attributes().get(name));
        if (rule.isEmpty() && !schema.otherAttributes()) {
            throw new TransactionFault(
                    pointer,
                    "unknown_attribute",
                    "the tenant's schema has no attribute '" + FieldTexts.cut(name) + "'",
                    "Leave it out, or add it at PUT /api/v1/transaction-schema.");
        }
        FieldRule.Type type =
                switch (value.getNodeType()) {
                    case STRING -> FieldRule.Type.STRING;
                    case NUMBER -> FieldRule.Type.NUMBER;
                    case BOOLEAN -> FieldRule.Type.BOOLEAN;
                    default ->
                            throw new TransactionFault(
                                    pointer,
                                    "wrong_type",
                                    "an attribute is a text, a number, true or false",
                                    "Send its parts as attributes of their own.");
                };
        if (rule.isPresent() && rule.get().type() != type) {
            throw new TransactionFault(
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
                double number = FieldTexts.number(value, pointer);
                if (rule.isPresent()) {
                    FieldTexts.between(rule.get(), number, pointer);
                }
                yield new AttributeValue.Numeric(number);
            }
            case STRING -> textAttribute(value.textValue(), rule, pointer);
        };
    }

    private static AttributeValue textAttribute(
            String text, Optional<FieldRule> rule, String pointer) throws TransactionFault {
        if (text.length() > AttributeValue.Text.MOST_CHARACTERS || !FieldTexts.isStorable(text)) {
            throw new TransactionFault(
                    pointer,
                    "wrong_form",
                    "the text has " + text.length() + " characters or is no Unicode",
                    "Send at most " + AttributeValue.Text.MOST_CHARACTERS + " characters.");
        }
        if (rule.isPresent()) {
            FieldTexts.among(rule.get(), text, pointer);
        }
        return new AttributeValue.Text(text);
    }
}

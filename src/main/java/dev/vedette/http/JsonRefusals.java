package dev.vedette.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says what is wrong with a JSON body: where, and in words that name no class of this service. */
final class JsonRefusals {
    private static final int SHOWN = 100;

    private JsonRefusals() {}

    /** The problem of a body that does not parse, or parses into something else than asked for. */
    static ProblemException of(JsonProcessingException e) {
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                    ProblemException.invalid(
                            pointer(unknown),
                            "unknown_property",
                            "there is no property '" + cut(unknown.getPropertyName()) + "' here",
                            "leave it out; known are "
                                    + unknown.getKnownPropertyIds().stream()
                                            .map(String::valueOf)
                                            .sorted()
                                            .collect(Collectors.joining(", ")));
            case InvalidFormatException format ->
                    ProblemException.invalid(
                            pointer(format),
                            "wrong_form",
                            "'"
                                    + cut(String.valueOf(format.getValue()))
                                    + "' is not "
                                    + expected(format.getTargetType()),
                            "send " + expected(format.getTargetType()));
            case ValueInstantiationException value ->
                    ProblemException.invalid(
                            pointer(value),
                            "invalid_value",
                            reason(value),
                            "send a value that fits the rule");
            case MismatchedInputException mismatch -> mismatch(mismatch);
            case JsonMappingException mapping
                    when mapping.getCause() instanceof ProblemException p ->
                    p;
            case JsonMappingException mapping
                    when mapping.getCause() instanceof JsonProcessingException cause
                            && !cause.equals(e) ->
                    of(cause);
            default -> malformed(e);
        };
    }

    private static ProblemException mismatch(MismatchedInputException e) {
        String message = String.valueOf(e.getOriginalMessage());
        if (message.startsWith("Null value for creator property")
                || message.startsWith("Cannot map `null`")
                || e instanceof InvalidNullException) {
            return ProblemException.invalid(
                    pointer(e), "required", "a value is missing here", "send it");
        }
        if (message.startsWith("No content to map")) {
            return ProblemException.of(ProblemKind.MALFORMED_REQUEST, "the body is empty");
        }
        if (message.startsWith("Trailing token")) {
            return ProblemException.of(
                    ProblemKind.MALFORMED_REQUEST, "the body goes on after its JSON value");
        }
        String expected = expected(e.getTargetType());
        return ProblemException.invalid(
                pointer(e), "wrong_type", "the value here is not " + expected, "send " + expected);
    }

    private static ProblemException malformed(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        String where =
                at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        String what =
                e instanceof StreamConstraintsException
                        ? "the body nests deeper or holds longer texts or numbers than is read"
                        : "the body is not JSON: "
                                + cut(String.valueOf(e.getOriginalMessage()).split("\n", 2)[0]);
        return ProblemException.invalid(
                        List.of(
                                new Problem.Violation(
                                        "", "malformed_json", what + where, "send valid JSON")))
                .as(ProblemKind.MALFORMED_REQUEST);
    }

    private static String reason(ValueInstantiationException e) {
        Throwable cause = e.getCause();
        return cause == null || cause.getMessage() == null
                ? "the value is not valid"
                : cut(cause.getMessage());
    }

    private static String pointer(JsonMappingException e) {
        return e.getPath().stream()
                .map(step ->
                        step.getFieldName() == null
                                ? String.valueOf(step.getIndex())
                                : step.getFieldName().replace("~", "~0").replace("/", "~1"))
                .map(step -> "/" + cut(step))
                .collect(Collectors.joining());
    }

    private static String expected(Class<?> type) {
        if (type == null) {
            return "of the expected type";
        }
        if (type.isEnum()) {
            return "one of "
                    + List.of(type.getEnumConstants()).stream()
                            .map(constant -> String.valueOf(constant).toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
        }
        return switch (type.getSimpleName()) {
            case "String" -> "a text";
            case "int", "long", "Integer", "Long" -> "a whole number in range";
            case "double", "Double" -> "a number";
            case "boolean", "Boolean" -> "true or false";
            case "Instant" -> "an RFC 3339 time";
            case "Duration" -> "an ISO 8601 duration such as PT1M";
            case "UUID" -> "a UUID";
            default ->
                    type.isArray() || Collection.class.isAssignableFrom(type)
                            ? "an array"
                            : "an object";
        };
    }

    private static String cut(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}

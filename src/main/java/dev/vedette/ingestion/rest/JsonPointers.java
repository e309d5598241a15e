package dev.vedette.ingestion.rest;

import com.fasterxml.jackson.core.JsonToken;
import java.util.Locale;

/** Words for places and values in a JSON text. */
final class JsonPointers {
    private static final int MAX_NAME = 40;

    private JsonPointers() {}

    /** A field name as a segment of a JSON pointer, RFC 6901 section 3, cut when long. */
    static String escape(String name) {
        String cut = name.substring(0, Math.min(MAX_NAME, name.length()));
        return cut.replace("~", "~0").replace("/", "~1");
    }

    /** What kind of JSON value that token starts. */
    static String describe(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            default -> token.name().toLowerCase(Locale.ROOT).replace("value_", "");
        };
    }
}

package dev.vedette.ingestion.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import dev.vedette.ingestion.IncomingPoints;
import dev.vedette.ingestion.RefusalReason;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads one point, {@code [time, value]}, into the columns without making an object of it. Not
 * thread-safe.
 */
final class PointDecoder {
    /** As JSON writers that know no better spell them. */
    private static final Set<String> NOT_FINITE =
            Set.of("nan", "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity");

    private final JsonParser parser;
    private final IncomingPoints points;

    PointDecoder(JsonParser parser, IncomingPoints points) {
        this.parser = parser;
        this.points = points;
    }

    /** Reads the JSON value the parser stands at; afterwards it stands at that value's end. */
    void decode() throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            malformed("a point must be an array, is " + seen());
            Bounds.skip(parser);
            return;
        }
        JsonToken first = parser.nextToken();
        if (first == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != NumberType.BIG_INTEGER) {
            valueOf(parser.getLongValue());
        } else if (first == JsonToken.VALUE_STRING) {
            OptionalLong time =
                    Rfc3339.parse(
                            parser.getTextCharacters(),
                            parser.getTextOffset(),
                            parser.getTextLength());
            if (time.isPresent()) {
                valueOf(time.getAsLong());
            } else {
                badTime("time " + excerpt() + " is not RFC 3339");
            }
        } else if (first == JsonToken.END_ARRAY) {
            malformed("the point is empty");
        } else {
            badTime(
                    first.isNumeric()
                            ? "time " + excerpt() + " is not a whole number of milliseconds"
                            : "time must be a string or a whole number, is " + seen());
        }
    }

    private void valueOf(long time) throws IOException {
        JsonToken token = parser.nextToken();
        if (token.isNumeric()) {
            double value = parser.getDoubleValue();
            if (parser.nextToken() == JsonToken.END_ARRAY) {
                points.add(time, value);
            } else {
                malformed("the point has more than a time and a value");
                skipToEnd();
            }
        } else {
            badValue(token);
        }
    }

    private void badValue(JsonToken token) throws IOException {
        switch (token) {
            case END_ARRAY -> {
                malformed("the point has no value");
                return;
            }
            case VALUE_NULL -> points.addFaulty(RefusalReason.VALUE_MISSING, "the value is null");
            case VALUE_STRING -> badText();
            default ->
                    points.addFaulty(
                            RefusalReason.VALUE_NOT_A_NUMBER,
                            "the value must be a number, is " + seen());
        }
        Bounds.skip(parser);
        parser.nextToken();
        skipToEnd();
    }

    private void badText() throws IOException {
        boolean notFinite =
                parser.getTextLength() <= 9
                        && NOT_FINITE.contains(parser.getText().toLowerCase(Locale.ROOT));
        points.addFaulty(
                notFinite ? RefusalReason.VALUE_NOT_FINITE : RefusalReason.VALUE_NOT_A_NUMBER,
                "the value is the string " + excerpt());
    }

    private void badTime(String detail) throws IOException {
        points.addFaulty(RefusalReason.TIMESTAMP_INVALID, detail);
        Bounds.skip(parser);
        parser.nextToken();
        skipToEnd();
    }

    private void malformed(String detail) {
        points.addFaulty(RefusalReason.POINT_MALFORMED, detail);
    }

    // from a token inside the point's array to the array's end
    private void skipToEnd() throws IOException {
        while (parser.currentToken() != JsonToken.END_ARRAY) {
            Bounds.skip(parser);
            parser.nextToken();
        }
    }

    private String excerpt() throws IOException {
        String text = parser.getText();
        return "'" + text.substring(0, Math.min(40, text.length())) + "'";
    }

    private String seen() {
        return JsonPointers.describe(parser.currentToken());
    }
}

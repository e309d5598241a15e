package dev.vedette.ingestion.otlp;

import dev.vedette.ingestion.body.BodyLimits;
import dev.vedette.ingestion.body.MalformedBodyException;
import dev.vedette.ingestion.body.ProtobufReader;
import java.util.Base64;
import java.util.Map;

/** Reads attributes as labels: values that are no text become one. */
final class Attributes {
    private static final int MAX_DEPTH = 4;

    private Attributes() {}

    /**
     * Reads one {@code KeyValue}, the message being read, into the labels; empty values are left
     * out.
     *
     * @throws IllegalArgumentException when there are too many or the value is nested too deep
     */
    static void read(ProtobufReader reader, Map<String, String> into)
            throws MalformedBodyException {
        String key = "";
        String value = "";
        while (reader.hasMore()) {
            int tag = reader.tag();
            if (tag == OtlpFields.KEY) {
                key = reader.text();
            } else if (tag == OtlpFields.VALUE) {
                int outer = reader.enter();
                value = any(reader, 0);
                reader.leave(outer);
            } else {
                reader.skip(tag);
            }
        }
        if (!key.isBlank() && !value.isEmpty()) {
            into.put(key, value);
        }
        if (into.size() > BodyLimits.MAX_LABELS) {
            throw new IllegalArgumentException(
                    "the point has more than " + BodyLimits.MAX_LABELS + " attributes");
        }
    }

    private static String any(ProtobufReader reader, int depth) throws MalformedBodyException {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("an attribute is nested too deep");
        }
        String value = "";
        while (reader.hasMore()) {
            int tag = reader.tag();
            if (tag == OtlpFields.ANY_STRING) {
                value = reader.text();
            } else if (tag == OtlpFields.ANY_BOOL) {
                value = String.valueOf(reader.varint() != 0);
            } else if (tag == OtlpFields.ANY_INT) {
                value = String.valueOf(reader.varint());
            } else if (tag == OtlpFields.ANY_DOUBLE) {
                value = String.valueOf(reader.float64());
            } else if (tag == OtlpFields.ANY_ARRAY || tag == OtlpFields.ANY_MAP) {
                value = list(reader, depth, tag == OtlpFields.ANY_MAP);
            } else if (tag == OtlpFields.ANY_BYTES) {
                int length = reader.length();
                int start = reader.position();
                value =
                        Base64.getEncoder()
                                .encodeToString(
                                        java.util.Arrays.copyOfRange(
                                                reader.bytes(), start, start + length));
                reader.move(start + length, reader.limit());
            } else {
                reader.skip(tag);
            }
        }
        return value;
    }

    // such as [a,b] and {a=1,b=2}
    private static String list(ProtobufReader reader, int depth, boolean map)
            throws MalformedBodyException {
        StringBuilder text = new StringBuilder();
        int outer = reader.enter();
        while (reader.hasMore()) {
            int tag = reader.tag();
            if (tag != OtlpFields.VALUES) {
                reader.skip(tag);
                continue;
            }
            int around = reader.enter();
            text.append(text.isEmpty() ? "" : ",");
            text.append(map ? pair(reader, depth + 1) : any(reader, depth + 1));
            reader.leave(around);
        }
        reader.leave(outer);
        return map ? "{" + text + "}" : "[" + text + "]";
    }

    private static String pair(ProtobufReader reader, int depth) throws MalformedBodyException {
        String key = "";
        String value = "";
        while (reader.hasMore()) {
            int tag = reader.tag();
            if (tag == OtlpFields.KEY) {
                key = reader.text();
            } else if (tag == OtlpFields.VALUE) {
                int outer = reader.enter();
                value = any(reader, depth);
                reader.leave(outer);
            } else {
                reader.skip(tag);
            }
        }
        return key + "=" + value;
    }
}

package dev.vedette.ingestion.influx;

import dev.vedette.ingestion.SentSeries;
import dev.vedette.ingestion.body.BodyLimits;
import dev.vedette.ingestion.body.ProtobufReader;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** Reads measurement, tags and a field's name as a series. */
final class LineKey {
    /** A field of that name adds nothing to the measurement's. */
    private static final String VALUE = "value";

    private LineKey() {}

    /**
     * What the bytes {@link FieldColumns} brings together say.
     *
     * @throws IllegalArgumentException when a tag is broken or there are too many
     */
    static SentSeries.Said read(byte[] bytes, int from, int to) {
        ByteBuffer parts = ByteBuffer.wrap(bytes, from, to - from);
        String key = text(bytes, parts);
        String field = unescaped(text(bytes, parts));
        int end = end(key, 0, ',');
        String measurement = unescaped(key.substring(0, end));
        Map<String, String> labels = new HashMap<>();
        while (end < key.length()) {
            int start = end + 1;
            end = end(key, start, ',');
            tag(key.substring(start, end), labels);
        }
        String metric = field.equals(VALUE) ? measurement : measurement + "_" + field;
        return new SentSeries.Said(metric, labels, "");
    }

    private static void tag(String tag, Map<String, String> into) {
        int equals = end(tag, 0, '=');
        if (equals == 0 || equals >= tag.length() - 1) {
            throw new IllegalArgumentException("a tag has no name or no value");
        }
        if (into.size() == BodyLimits.MAX_LABELS) {
            throw new IllegalArgumentException(
                    "the line has more than " + BodyLimits.MAX_LABELS + " tags");
        }
        into.put(unescaped(tag.substring(0, equals)), unescaped(tag.substring(equals + 1)));
    }

    private static int end(String text, int from, char wanted) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == wanted) {
                return i;
            }
        }
        return text.length();
    }

    // a backslash counts before a comma, an equals sign or a space only
    private static String unescaped(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        return text.replace("\\,", ",").replace("\\=", "=").replace("\\ ", " ");
    }

    private static String text(byte[] bytes, ByteBuffer parts) {
        int size = parts.getInt();
        String text = ProtobufReader.utf8(bytes, parts.position(), size);
        parts.position(parts.position() + size);
        return text;
    }
}

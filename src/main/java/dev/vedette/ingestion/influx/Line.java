package dev.vedette.ingestion.influx;

import java.util.Arrays;

/** One line, read into places and numbers. Used again for the next. Not thread-safe. */
final class Line {
    private static final int MAX_FIELDS = 4096;

    private final byte[] bytes;
    private final FieldValue value = new FieldValue();
    private int keyStart;
    private int keyEnd;
    private int[] nameStarts = new int[16];
    private int[] nameEnds = new int[16];
    private double[] values = new double[16];
    private boolean[] areTexts = new boolean[16];
    private int fields;
    private boolean hasTime;
    private long time;

    Line(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads the line that stands there.
     *
     * @return what is wrong with it; empty when nothing is
     */
    String read(int start, int end) {
        int last = end > start && bytes[end - 1] == '\r' ? end - 1 : end;
        fields = 0;
        hasTime = false;
        keyStart = skipSpaces(start, last);
        keyEnd = end(keyStart, last, ' ');
        if (keyEnd == keyStart || bytes[keyStart] == ',') {
            return "the measurement is missing";
        }
        int at = skipSpaces(keyEnd, last);
        while (at < last) {
            int nameEnd = end(at, last, '=');
            if (nameEnd == last || nameEnd == at) {
                return "a field has no '=' or no name";
            }
            int next = value.read(bytes, nameEnd + 1, last);
            if (next < 0) {
                return "a field's value is no number, boolean or quoted text";
            }
            if (fields == MAX_FIELDS) {
                return "the line has more than " + MAX_FIELDS + " fields";
            }
            addField(at, nameEnd);
            if (next == last || bytes[next] == ' ') {
                return readTime(next, last);
            }
            at = next + 1;
        }
        return "the fields are missing";
    }

    private void addField(int nameStart, int nameEnd) {
        if (fields == values.length) {
            nameStarts = Arrays.copyOf(nameStarts, fields * 2);
            nameEnds = Arrays.copyOf(nameEnds, fields * 2);
            values = Arrays.copyOf(values, fields * 2);
            areTexts = Arrays.copyOf(areTexts, fields * 2);
        }
        nameStarts[fields] = nameStart;
        nameEnds[fields] = nameEnd;
        values[fields] = value.number();
        areTexts[fields++] = value.isText();
    }

    private String readTime(int from, int last) {
        int start = skipSpaces(from, last);
        if (start == last) {
            return "";
        }
        int end = end(start, last, ' ');
        if (skipSpaces(end, last) != last) {
            return "there is more behind the time";
        }
        try {
            time = Long.parseLong(text(start, end));
            hasTime = true;
            return "";
        } catch (NumberFormatException e) {
            return "the time is no whole number";
        }
    }

    private String text(int start, int end) {
        int longest = Math.min(end, start + 32);
        return new String(
                bytes, start, longest - start, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private int skipSpaces(int from, int end) {
        int at = from;
        while (at < end && bytes[at] == ' ') {
            at++;
        }
        return at;
    }

    // the next such character that no backslash stands before
    private int end(int from, int end, char wanted) {
        for (int i = from; i < end; i++) {
            if (bytes[i] == '\\') {
                i++;
            } else if (bytes[i] == wanted) {
                return i;
            }
        }
        return end;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where measurement and tags start. */
    int keyStart() {
        return keyStart;
    }

    /** Just after them. */
    int keyEnd() {
        return keyEnd;
    }

    int fields() {
        return fields;
    }

    int nameStart(int field) {
        return nameStarts[field];
    }

    int nameEnd(int field) {
        return nameEnds[field];
    }

    double value(int field) {
        return values[field];
    }

    boolean isText(int field) {
        return areTexts[field];
    }

    boolean hasTime() {
        return hasTime;
    }

    /** In the unit of the request. */
    long time() {
        return time;
    }
}

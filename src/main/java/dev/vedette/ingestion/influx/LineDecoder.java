package dev.vedette.ingestion.influx;

import dev.vedette.ingestion.SenderMapping;
import dev.vedette.ingestion.SentIdentities;
import dev.vedette.ingestion.body.BodyLimits;
import dev.vedette.ingestion.body.MalformedBodyException;

/**
 * Decodes InfluxDB's line protocol (docs.influxdata.com, "Line protocol reference") straight into
 * columns: no object per line of a series seen before. Each number or boolean field is a point of
 * the series "measurement_field", or "measurement" when the field is called {@code value}; a
 * boolean is 1 or 0; texts are left out and counted. A line that cannot be read spoils only itself.
 * Thread-safe: all state belongs to a call.
 */
public final class LineDecoder {
    private static final int BYTES_PER_POINT = 32;

    private final SentIdentities identities;
    private final BodyLimits limits;

    /** Within those limits. */
    public LineDecoder(SentIdentities identities, BodyLimits limits) {
        this.identities = identities;
        this.limits = limits;
    }

    /**
     * Decodes a body.
     *
     * @param content the uncompressed text; not modified
     * @param precision of the times in it
     * @param now milliseconds since 1970, for lines without a time
     * @throws MalformedBodyException when it holds too much
     */
    public LineBatch decode(
            SenderMapping mapping, byte[] content, LinePrecision precision, long now)
            throws MalformedBodyException {
        FieldColumns columns =
                new FieldColumns(identities, mapping, limits, content.length / BYTES_PER_POINT);
        Line line = new Line(content);
        int number = 0;
        for (int start = 0; start < content.length; ) {
            int end = lineEnd(content, start);
            number++;
            if (!isBlankOrComment(content, start, end)) {
                decodeLine(line, start, end, number, columns, precision, now);
            }
            start = end + 1;
        }
        return new LineBatch(columns.build(), columns.texts());
    }

    private static void decodeLine(
            Line line,
            int start,
            int end,
            int number,
            FieldColumns columns,
            LinePrecision precision,
            long now)
            throws MalformedBodyException {
        String fault = line.read(start, end);
        if (!fault.isEmpty()) {
            columns.refuse(number, fault);
            return;
        }
        long time = line.hasTime() ? precision.millis(line.time()) : now;
        for (int field = 0; field < line.fields(); field++) {
            columns.add(line, field, time, number);
        }
    }

    // A line feed inside a quoted text does not end the line, unless the quotes are never closed.
    private static int lineEnd(byte[] content, int start) {
        int first = plainEnd(content, start);
        if (isBlankOrComment(content, start, first)) {
            return first;
        }
        boolean quoted = false;
        boolean fields = false;
        for (int i = start; i < content.length; i++) {
            byte next = content[i];
            if (next == '\n' && !quoted) {
                return i;
            }
            if (next == '\\') {
                i++;
            } else if (next == ' ') {
                fields = true;
            } else if (next == '"') {
                quoted = fields && !quoted;
            }
        }
        return quoted ? first : content.length;
    }

    private static int plainEnd(byte[] content, int start) {
        int end = start;
        while (end < content.length && content[end] != '\n') {
            end++;
        }
        return end;
    }

    private static boolean isBlankOrComment(byte[] content, int start, int end) {
        for (int i = start; i < end; i++) {
            if (content[i] == '#') {
                return true;
            }
            if (content[i] != ' ' && content[i] != '\r' && content[i] != '\t') {
                return false;
            }
        }
        return true;
    }
}

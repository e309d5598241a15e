package dev.vedette.ingestion.otlp;

import dev.vedette.ingestion.SentSeries;
import dev.vedette.ingestion.body.MalformedBodyException;
import dev.vedette.ingestion.body.ProtobufReader;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the bytes {@link OtlpDecoder} brings together for a series: a number and a kind that say
 * which of a metric's series it is, its name, the scope's name, the resource's attributes as one
 * part, and each attribute of the point. Not thread-safe.
 */
final class SeriesReader implements SentSeries.Reader {
    private static final String SCOPE = "otel.scope.name";

    private String unit = "";

    /** Which of a metric's series. */
    enum Kind {
        /** The metric itself. */
        PLAIN(0, ""),
        /** A bucket of a histogram, with its upper bound. */
        BUCKET(1, "_bucket"),
        /** The sum of a histogram or summary. */
        SUM(2, "_sum"),
        /** The count of a histogram or summary. */
        COUNT(3, "_count"),
        /** A quantile of a summary. */
        QUANTILE(4, "");

        private final int code;
        private final String suffix;

        Kind(int code, String suffix) {
            this.code = code;
            this.suffix = suffix;
        }

        /** What stands for it in an identity's bytes. */
        int code() {
            return code;
        }

        static Kind of(long code) {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("there is no kind " + code);
        }
    }

    /** Remembers the unit of the metric whose points come next. */
    void unit(String said) {
        unit = said;
    }

    @Override
    public SentSeries.Said read(byte[] bytes, int from, int to) {
        ByteBuffer parts = ByteBuffer.wrap(bytes, from, to - from);
        double number = Double.longBitsToDouble(parts.getLong());
        Kind kind = Kind.of(parts.getLong());
        String metric = text(bytes, parts) + kind.suffix;
        String scope = text(bytes, parts);
        Map<String, String> labels = new HashMap<>();
        if (!scope.isEmpty()) {
            labels.put(SCOPE, scope);
        }
        try {
            resource(bytes, parts, labels);
            while (parts.hasRemaining()) {
                attribute(bytes, parts, labels);
            }
        } catch (MalformedBodyException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        switch (kind) {
            case BUCKET -> labels.put("le", bound(number));
            case QUANTILE -> labels.put("quantile", Double.toString(number));
            default -> {}
        }
        if (metric.isBlank()) {
            throw new IllegalArgumentException("the metric has no name");
        }
        return new SentSeries.Said(metric, labels, kind == Kind.COUNT ? "" : unit(kind));
    }

    // a bucket counts, whatever the metric's unit
    private String unit(Kind kind) {
        return kind == Kind.BUCKET ? "" : unit;
    }

    private static String bound(double number) {
        return number == Double.POSITIVE_INFINITY ? "+Inf" : Double.toString(number);
    }

    private static void resource(byte[] bytes, ByteBuffer parts, Map<String, String> into)
            throws MalformedBodyException {
        int size = parts.getInt();
        int end = parts.position() + size;
        while (parts.position() < end) {
            attribute(bytes, parts, into);
        }
    }

    private static void attribute(byte[] bytes, ByteBuffer parts, Map<String, String> into)
            throws MalformedBodyException {
        int size = parts.getInt();
        ProtobufReader reader = new ProtobufReader(bytes, parts.position() + size);
        reader.move(parts.position(), parts.position() + size);
        Attributes.read(reader, into);
        parts.position(parts.position() + size);
    }

    private static String text(byte[] bytes, ByteBuffer parts) {
        int size = parts.getInt();
        String text = ProtobufReader.utf8(bytes, parts.position(), size);
        parts.position(parts.position() + size);
        return text;
    }
}

package dev.vedette.ingestion.otlp;

import dev.vedette.ingestion.body.IdentityBuffer;
import dev.vedette.ingestion.body.MalformedBodyException;
import dev.vedette.ingestion.body.ProtobufReader;
import dev.vedette.ingestion.otlp.OtlpDecoder.Text;
import dev.vedette.ingestion.otlp.SeriesReader.Kind;

/**
 * Decodes one metric at a time: its name and unit, then its points. A histogram becomes the series
 * {@code _bucket} (cumulative, by {@code le}), {@code _sum} and {@code _count}; a summary one
 * series per quantile, {@code _sum} and {@code _count}; of an exponential histogram count and sum
 * are kept. Not thread-safe.
 */
final class MetricDecoder {
    private static final int MAX_UNIT = 64;

    private final ProtobufReader reader;
    private final PointColumns columns;
    private final SeriesReader series = new SeriesReader();
    private final IdentityBuffer identity = new IdentityBuffer();
    private final IdentityBuffer attributes = new IdentityBuffer();
    private final HistogramPoint histogram = new HistogramPoint();
    private final Text name = new Text();
    private final Text unit = new Text();
    private Text scope = new Text();
    private IdentityBuffer resource = new IdentityBuffer();
    private boolean delta;
    private int exponentials;
    private int exemplars;

    MetricDecoder(ProtobufReader reader, PointColumns columns) {
        this.reader = reader;
        this.columns = columns;
    }

    /** Points of exponential histograms so far. */
    int exponentials() {
        return exponentials;
    }

    /** Exemplars so far. */
    int exemplars() {
        return exemplars;
    }

    /** Decodes the metric that was entered. */
    void decode(ResourceAttributes of, Text in) throws MalformedBodyException {
        resource = of.bytes();
        scope = in;
        int start = reader.position();
        head();
        reader.move(start, reader.limit());
        while (reader.hasMore()) {
            int tag = reader.tag();
            if (tag == OtlpFields.METRIC_GAUGE || tag == OtlpFields.METRIC_SUM) {
                data(this::number);
            } else if (tag == OtlpFields.METRIC_HISTOGRAM) {
                data(() -> histogram(OtlpFields.HISTOGRAM_ATTRIBUTES));
            } else if (tag == OtlpFields.METRIC_EXPONENTIAL) {
                data(() -> exponential());
            } else if (tag == OtlpFields.METRIC_SUMMARY) {
                data(this::summary);
            } else {
                reader.skip(tag);
            }
        }
    }

    private void head() throws MalformedBodyException {
        name.clear();
        unit.clear();
        while (reader.hasMore()) {
            int tag = reader.tag();
            if (tag == OtlpFields.METRIC_NAME || tag == OtlpFields.METRIC_UNIT) {
                int outer = reader.enter();
                (tag == OtlpFields.METRIC_NAME ? name : unit).take(reader);
                reader.leave(outer);
            } else {
                reader.skip(tag);
            }
        }
        series.unit(unitText());
    }

    private String unitText() {
        try {
            String text =
                    unit.length > MAX_UNIT
                            ? ""
                            : ProtobufReader.utf8(reader.bytes(), unit.start, unit.length);
            // UCUM's way of saying that there is none
            return text.equals("1") || text.startsWith("{") ? "" : text;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private void data(OtlpDecoder.Part point) throws MalformedBodyException {
        int outer = reader.enter();
        int start = reader.position();
        delta = false;
        while (reader.hasMore()) {
            int tag = reader.tag();
            if (tag == OtlpFields.TEMPORALITY) {
                delta = reader.varint() == OtlpFields.DELTA;
            } else {
                reader.skip(tag);
            }
        }
        reader.move(start, reader.limit());
        OtlpDecoder.each(reader, OtlpFields.DATA_POINTS, point);
        reader.leave(outer);
    }

    private void number() throws MalformedBodyException {
        attributes.cut(0);
        long time = 0;
        double value = Double.NaN;
        long flags = 0;
        while (reader.hasMore()) {
            int tag = reader.tag();
            if (tag == OtlpFields.POINT_TIME) {
                time = reader.fixed64();
            } else if (tag == OtlpFields.NUMBER_DOUBLE) {
                value = reader.float64();
            } else if (tag == OtlpFields.NUMBER_INT) {
                value = reader.fixed64();
            } else if (tag == OtlpFields.NUMBER_ATTRIBUTES) {
                attribute();
            } else if (tag == OtlpFields.NUMBER_FLAGS) {
                flags = reader.varint();
            } else {
                reader.skip(tag);
                exemplars += tag == OtlpFields.NUMBER_EXEMPLARS ? 1 : 0;
            }
        }
        emit(Kind.PLAIN, 0, time, value, delta, isEnd(flags));
    }

    private void attribute() throws MalformedBodyException {
        int length = reader.length();
        attributes.put(reader.bytes(), reader.position(), length);
        reader.move(reader.position() + length, reader.limit());
    }

    private static boolean isEnd(long flags) {
        return (flags & OtlpFields.NO_RECORDED_VALUE) != 0;
    }

    private void histogram(int attributesTag) throws MalformedBodyException {
        attributes.cut(0);
        histogram.clear();
        while (reader.hasMore()) {
            int tag = reader.tag();
            if (tag == attributesTag) {
                attribute();
            } else {
                histogram.field(tag, reader);
            }
        }
        boolean ended = isEnd(histogram.flags());
        long time = histogram.time();
        emit(Kind.COUNT, 0, time, histogram.count(), delta, ended);
        if (histogram.hasSum() || ended) {
            emit(Kind.SUM, 0, time, histogram.sum(), delta, ended);
        }
        for (int i = 0; i < histogram.buckets(); i++) {
            emit(Kind.BUCKET, histogram.bound(i), time, histogram.upTo(i), delta, ended);
        }
    }

    private void exponential() throws MalformedBodyException {
        attributes.cut(0);
        histogram.clear();
        while (reader.hasMore()) {
            int tag = reader.tag();
            if (tag == OtlpFields.EXPONENTIAL_ATTRIBUTES) {
                attribute();
            } else {
                histogram.fieldWithoutBuckets(tag, reader);
            }
        }
        exponentials++;
        boolean ended = isEnd(histogram.flags());
        emit(Kind.COUNT, 0, histogram.time(), histogram.count(), delta, ended);
        if (histogram.hasSum() || ended) {
            emit(Kind.SUM, 0, histogram.time(), histogram.sum(), delta, ended);
        }
    }

    private void summary() throws MalformedBodyException {
        attributes.cut(0);
        histogram.clear();
        while (reader.hasMore()) {
            int tag = reader.tag();
            if (tag == OtlpFields.NUMBER_ATTRIBUTES) {
                attribute();
            } else if (tag == OtlpFields.SUMMARY_QUANTILES) {
                int outer = reader.enter();
                histogram.quantile(reader);
                reader.leave(outer);
            } else if (tag == OtlpFields.NUMBER_FLAGS) {
                histogram.flags(reader.varint());
            } else {
                histogram.fieldWithoutBuckets(tag, reader);
            }
        }
        boolean ended = isEnd(histogram.flags());
        long time = histogram.time();
        emit(Kind.COUNT, 0, time, histogram.count(), false, ended);
        emit(Kind.SUM, 0, time, histogram.sum(), false, ended);
        for (int i = 0; i < histogram.quantiles(); i++) {
            emit(
                    Kind.QUANTILE,
                    histogram.quantileAt(i),
                    time,
                    histogram.quantileValue(i),
                    false,
                    ended);
        }
    }

    private void emit(
            Kind kind, double number, long time, double value, boolean change, boolean ended)
            throws MalformedBodyException {
        byte[] message = reader.bytes();
        identity.cut(0);
        identity.put(Double.doubleToLongBits(number));
        identity.put(kind.code());
        identity.put(message, name.start, name.length);
        identity.put(message, scope.start, scope.length);
        identity.put(resource.bytes(), 0, resource.length());
        identity.append(attributes);
        columns.add(identity, series, time, value, change, ended);
    }
}

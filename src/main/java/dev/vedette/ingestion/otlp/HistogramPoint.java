package dev.vedette.ingestion.otlp;

import dev.vedette.ingestion.body.MalformedBodyException;
import dev.vedette.ingestion.body.ProtobufReader;

/** What a point of a histogram or a summary says. Used again for the next. Not thread-safe. */
final class HistogramPoint {
    /** Most buckets or quantiles of a point. */
    private static final int MOST = 1024;

    private final long[] counts = new long[MOST];
    private final double[] bounds = new double[MOST];
    private int countSize;
    private int boundSize;
    private long time;
    private long count;
    private double sum;
    private boolean hasSum;
    private long flags;

    void clear() {
        countSize = 0;
        boundSize = 0;
        time = 0;
        count = 0;
        sum = 0;
        hasSum = false;
        flags = 0;
    }

    /** Takes a field of a histogram's point, whose tag was read. */
    void field(int tag, ProtobufReader reader) throws MalformedBodyException {
        if (tag == OtlpFields.HISTOGRAM_COUNTS) {
            int outer = reader.enter();
            while (reader.hasMore()) {
                requireRoom(countSize);
                counts[countSize++] = reader.fixed64();
            }
            reader.leave(outer);
        } else if (tag == OtlpFields.HISTOGRAM_BOUNDS) {
            int outer = reader.enter();
            while (reader.hasMore()) {
                requireRoom(boundSize);
                bounds[boundSize++] = reader.float64();
            }
            reader.leave(outer);
        } else {
            fieldWithoutBuckets(tag, reader);
        }
    }

    /** The same, without the buckets of an explicit histogram. */
    void fieldWithoutBuckets(int tag, ProtobufReader reader) throws MalformedBodyException {
        if (tag == OtlpFields.POINT_TIME) {
            time = reader.fixed64();
        } else if (tag == OtlpFields.COUNT) {
            count = reader.fixed64();
        } else if (tag == OtlpFields.SUM) {
            sum = reader.float64();
            hasSum = true;
        } else if (tag == OtlpFields.HISTOGRAM_FLAGS) {
            flags = reader.varint();
        } else {
            reader.skip(tag);
        }
    }

    /** Takes the quantile that was entered. */
    void quantile(ProtobufReader reader) throws MalformedBodyException {
        requireRoom(boundSize);
        double quantile = 0;
        double value = 0;
        while (reader.hasMore()) {
            int tag = reader.tag();
            if (tag == OtlpFields.QUANTILE) {
                quantile = reader.float64();
            } else if (tag == OtlpFields.QUANTILE_VALUE) {
                value = reader.float64();
            } else {
                reader.skip(tag);
            }
        }
        bounds[boundSize] = quantile;
        counts[boundSize++] = Double.doubleToRawLongBits(value);
    }

    private static void requireRoom(int size) throws MalformedBodyException {
        if (size == MOST) {
            throw MalformedBodyException.tooLarge(
                    "a histogram or summary has more than " + MOST + " buckets or quantiles");
        }
    }

    long time() {
        return time;
    }

    double count() {
        return count;
    }

    boolean hasSum() {
        return hasSum;
    }

    double sum() {
        return sum;
    }

    long flags() {
        return flags;
    }

    void flags(long said) {
        flags = said;
    }

    /** How many buckets: one more than bounds, as the last has none; 0 when they do not fit. */
    int buckets() {
        return countSize == boundSize + 1 ? countSize : 0;
    }

    /** Upper bound of a bucket; infinite for the last. */
    double bound(int bucket) {
        return bucket < boundSize ? bounds[bucket] : Double.POSITIVE_INFINITY;
    }

    /** How many observations up to that bucket's bound. */
    double upTo(int bucket) {
        long all = 0;
        for (int i = 0; i <= bucket; i++) {
            all += counts[i];
        }
        return all;
    }

    int quantiles() {
        return boundSize;
    }

    double quantileAt(int index) {
        return bounds[index];
    }

    double quantileValue(int index) {
        return Double.longBitsToDouble(counts[index]);
    }
}

package dev.vedette.ingestion.remotewrite;

import dev.vedette.ingestion.IncomingBatch;
import dev.vedette.ingestion.IncomingPoints;
import dev.vedette.ingestion.IncomingSeries;
import dev.vedette.ingestion.Refusal;
import dev.vedette.ingestion.RefusalReason;
import dev.vedette.ingestion.body.BodyLimits;
import dev.vedette.ingestion.body.MalformedBodyException;
import dev.vedette.ingestion.body.ProtobufReader;
import dev.vedette.series.SeriesEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The columns that the samples of one request go into. Not thread-safe. */
final class SampleColumns {
    private static final int VALUE = ProtobufReader.tagOf(1, ProtobufReader.FIXED64);
    private static final int TIME = ProtobufReader.tagOf(2, ProtobufReader.VARINT);

    private final int maxPoints;
    private final IncomingPoints points;
    private final List<IncomingSeries> series = new ArrayList<>();
    private int histograms;
    private int exemplars;

    SampleColumns(int maxPoints, int expectedPoints) {
        this.maxPoints = maxPoints;
        this.points = new IncomingPoints(Math.min(maxPoints, expectedPoints));
    }

    /** How many samples so far. */
    int size() {
        return points.size();
    }

    /** How many series so far. */
    int seriesCount() {
        return series.size();
    }

    /** Reads a sample whose tag was read. Both versions write the two fields alike. */
    void addSample(ProtobufReader reader) throws MalformedBodyException {
        int outer = reader.enter();
        double value = 0;
        long time = 0;
        while (reader.hasMore()) {
            int tag = reader.tag();
            if (tag == VALUE) {
                value = reader.float64();
            } else if (tag == TIME) {
                time = reader.varint();
            } else {
                reader.skip(tag);
            }
        }
        reader.leave(outer);
        if (points.size() == maxPoints) {
            throw MalformedBodyException.tooLarge(
                    "the request has more than " + maxPoints + " samples");
        }
        // Prometheus' own way of saying "no value": a quantile of nothing, say
        if (!Double.isNaN(value)) {
            points.add(time, value);
        } else if (SeriesEnd.is(value)) {
            points.addEnd(time);
        } else {
            points.addGap(time);
        }
    }

    /** Counts a native histogram: it takes the place of a point that was refused. */
    void addHistogram() throws MalformedBodyException {
        histograms++;
        if (points.size() == maxPoints) {
            throw MalformedBodyException.tooLarge(
                    "the request has more than " + maxPoints + " samples");
        }
        points.addFaulty(
                RefusalReason.NATIVE_HISTOGRAM, "native histograms are not stored, only samples");
    }

    /** Counts an exemplar, which is left out. */
    void addExemplar() {
        exemplars++;
    }

    void addSeries(IncomingSeries next) throws MalformedBodyException {
        if (series.size() == BodyLimits.MAX_SERIES) {
            throw MalformedBodyException.tooLarge(
                    "the request has more than " + BodyLimits.MAX_SERIES + " series");
        }
        series.add(next);
    }

    /** Adds a series that has no identity. */
    void addFaulty(String detail, int start) throws MalformedBodyException {
        Refusal refusal =
                new Refusal("/timeseries/" + series.size(), RefusalReason.LABELS_INVALID, detail);
        addSeries(IncomingSeries.faulty(refusal, start, points.size()));
    }

    RemoteWriteBatch build() {
        return new RemoteWriteBatch(
                new IncomingBatch(series, points, Set.of()),
                points.size() - histograms,
                histograms,
                exemplars);
    }
}

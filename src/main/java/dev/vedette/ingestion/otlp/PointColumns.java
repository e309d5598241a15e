package dev.vedette.ingestion.otlp;

import dev.vedette.ingestion.IncomingBatch;
import dev.vedette.ingestion.IncomingPoints;
import dev.vedette.ingestion.IncomingSeries;
import dev.vedette.ingestion.Refusal;
import dev.vedette.ingestion.RefusalReason;
import dev.vedette.ingestion.SenderMapping;
import dev.vedette.ingestion.SentIdentities;
import dev.vedette.ingestion.SentIdentity;
import dev.vedette.ingestion.SentSeries;
import dev.vedette.ingestion.body.BodyLimits;
import dev.vedette.ingestion.body.IdentityBuffer;
import dev.vedette.ingestion.body.MalformedBodyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The columns that the points of one export go into, a series each. Not thread-safe. */
final class PointColumns {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final BodyLimits limits;
    private final DeltaTotals totals;
    private final IncomingPoints points;
    private final List<IncomingSeries> series = new ArrayList<>();
    private final SentSeries sent;

    PointColumns(
            SentIdentities identities,
            SenderMapping mapping,
            DeltaTotals totals,
            BodyLimits limits,
            int expected) {
        this.limits = limits;
        this.totals = totals;
        this.points = new IncomingPoints(Math.min(limits.maxPoints(), expected));
        this.sent = new SentSeries(identities, mapping, "/data_points/");
    }

    /**
     * Adds a point of the series of that identity.
     *
     * @param nanos its time, nanoseconds since 1970
     * @param value NaN is a known gap
     * @param delta whether it is a change, to be added up
     * @param ended whether it says that there is no value any more
     */
    void add(
            IdentityBuffer identity,
            SeriesReader reader,
            long nanos,
            double value,
            boolean delta,
            boolean ended)
            throws MalformedBodyException {
        requireRoom();
        int at = points.size();
        IncomingSeries named = name(identity, reader, at);
        series.add(named);
        long time = Long.divideUnsigned(nanos, NANOS_PER_MILLI);
        SentIdentity known = named.identity();
        if (ended) {
            points.addEnd(time);
        } else if (Double.isNaN(value)) {
            points.addGap(time);
        } else if (delta && known != null) {
            addTotal(time, totals.add(known.key(), time, value));
        } else {
            points.add(time, value);
        }
    }

    private void addTotal(long time, double total) {
        if (Double.isNaN(total)) {
            points.addFaulty(
                    RefusalReason.DELTA_TOO_LATE,
                    "the change at " + time + " is older than one that was added up already");
        } else {
            points.add(time, total);
        }
    }

    private IncomingSeries name(IdentityBuffer identity, SeriesReader reader, int at) {
        if (identity.isTooLong()) {
            Refusal refusal =
                    new Refusal(
                            "/data_points/" + series.size(),
                            RefusalReason.LABELS_INVALID,
                            "the attributes have more than " + IdentityBuffer.MOST + " bytes");
            return IncomingSeries.faulty(refusal, at, at + 1);
        }
        return sent.of(identity.bytes(), 0, identity.length(), reader, at, at + 1, series.size());
    }

    private void requireRoom() throws MalformedBodyException {
        if (points.size() == limits.maxPoints() || series.size() == BodyLimits.MAX_SERIES) {
            throw MalformedBodyException.tooLarge(
                    "the request has more than "
                            + Math.min(limits.maxPoints(), BodyLimits.MAX_SERIES)
                            + " points");
        }
    }

    IncomingBatch build() {
        return new IncomingBatch(series, points, Set.of());
    }
}

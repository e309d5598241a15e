package dev.vedette.ingestion.otlp;

import dev.vedette.ingestion.IncomingBatch;
import dev.vedette.ingestion.IncomingPoints;
import dev.vedette.ingestion.NamedPoints;
import dev.vedette.ingestion.RefusalReason;
import dev.vedette.ingestion.SenderMapping;
import dev.vedette.ingestion.SentIdentities;
import dev.vedette.ingestion.SentIdentity;
import dev.vedette.ingestion.body.BodyLimits;
import dev.vedette.ingestion.body.IdentityBuffer;
import dev.vedette.ingestion.body.MalformedBodyException;

/** The columns that the points of one export go into, a series each. Not thread-safe. */
final class PointColumns {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final DeltaTotals totals;
    private final NamedPoints named;
    private final IncomingPoints points;

    PointColumns(
            SentIdentities identities,
            SenderMapping mapping,
            DeltaTotals totals,
            BodyLimits limits,
            int expected) {
        this.totals = totals;
        this.named = new NamedPoints(identities, mapping, "/data_points/", limits, expected);
        this.points = named.points();
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
        long time = Long.divideUnsigned(nanos, NANOS_PER_MILLI);
        SentIdentity known = named.name(identity, reader, "attributes").identity();
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

    IncomingBatch build() {
        return named.build();
    }
}

package dev.vedette.ingestion.influx;

import dev.vedette.ingestion.IncomingBatch;
import dev.vedette.ingestion.IncomingPoints;
import dev.vedette.ingestion.IncomingSeries;
import dev.vedette.ingestion.Refusal;
import dev.vedette.ingestion.RefusalReason;
import dev.vedette.ingestion.SenderMapping;
import dev.vedette.ingestion.SentIdentities;
import dev.vedette.ingestion.SentSeries;
import dev.vedette.ingestion.body.BodyLimits;
import dev.vedette.ingestion.body.IdentityBuffer;
import dev.vedette.ingestion.body.MalformedBodyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The columns that the fields of a body's lines go into, a series each. Not thread-safe. */
final class FieldColumns {
    private static final int MAX_DETAIL = 100;

    private final BodyLimits limits;
    private final IncomingPoints points;
    private final List<IncomingSeries> series = new ArrayList<>();
    private final SentSeries sent;
    private final IdentityBuffer identity = new IdentityBuffer();
    private int texts;

    FieldColumns(
            SentIdentities identities, SenderMapping mapping, BodyLimits limits, int expected) {
        this.limits = limits;
        this.points = new IncomingPoints(Math.min(limits.maxPoints(), expected));
        this.sent = new SentSeries(identities, mapping, "/points/");
    }

    /** How many fields were texts. */
    int texts() {
        return texts;
    }

    /** Adds a field of a line that was read. */
    void add(Line line, int field, long time, int number) throws MalformedBodyException {
        if (line.isText(field)) {
            texts++;
            return;
        }
        requireRoom();
        int at = points.size();
        identity.cut(0);
        identity.put(line.bytes(), line.keyStart(), line.keyEnd() - line.keyStart());
        identity.put(
                line.bytes(), line.nameStart(field), line.nameEnd(field) - line.nameStart(field));
        if (identity.isTooLong()) {
            refuse(number, "the tags have more than " + IdentityBuffer.MOST + " bytes");
            return;
        }
        series.add(
                sent.of(
                        identity.bytes(),
                        0,
                        identity.length(),
                        LineKey::read,
                        at,
                        at + 1,
                        series.size()));
        points.add(time, line.value(field));
    }

    /**
     * Counts a line that cannot be read, as one point.
     *
     * @param number of the line, from 1
     */
    void refuse(int number, String fault) throws MalformedBodyException {
        requireRoom();
        int at = points.size();
        String detail = "line " + number + ": " + fault;
        Refusal refusal =
                new Refusal(
                        "/lines/" + (number - 1),
                        RefusalReason.LINE_MALFORMED,
                        detail.substring(0, Math.min(MAX_DETAIL, detail.length())));
        series.add(IncomingSeries.faulty(refusal, at, at + 1));
        points.add(0, 0);
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

package dev.vedette.ingestion.influx;

import dev.vedette.ingestion.IncomingBatch;
import dev.vedette.ingestion.NamedPoints;
import dev.vedette.ingestion.Refusal;
import dev.vedette.ingestion.RefusalReason;
import dev.vedette.ingestion.SenderMapping;
import dev.vedette.ingestion.SentIdentities;
import dev.vedette.ingestion.body.BodyLimits;
import dev.vedette.ingestion.body.IdentityBuffer;
import dev.vedette.ingestion.body.MalformedBodyException;

/** The columns that the fields of a body's lines go into, a series each. Not thread-safe. */
final class FieldColumns {
    private static final int MAX_DETAIL = 100;

    private final NamedPoints named;
    private final IdentityBuffer identity = new IdentityBuffer();
    private int texts;

    FieldColumns(
            SentIdentities identities, SenderMapping mapping, BodyLimits limits, int expected) {
        this.named = new NamedPoints(identities, mapping, "/points/", limits, expected);
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
        identity.cut(0);
        identity.put(line.bytes(), line.keyStart(), line.keyEnd() - line.keyStart());
        identity.put(
                line.bytes(), line.nameStart(field), line.nameEnd(field) - line.nameStart(field));
        if (identity.isTooLong()) {
            refuse(number, "the tags have more than " + IdentityBuffer.MOST + " bytes");
            return;
        }
        named.name(identity, LineKey::read, "tags");
        named.points().add(time, line.value(field));
    }

    /**
     * Counts a line that cannot be read, as one point.
     *
     * @param number of the line, from 1
     */
    void refuse(int number, String fault) throws MalformedBodyException {
        String detail = "line " + number + ": " + fault;
        Refusal refusal =
                new Refusal(
                        "/lines/" + (number - 1),
                        RefusalReason.LINE_MALFORMED,
                        detail.substring(0, Math.min(MAX_DETAIL, detail.length())));
        named.refuse(refusal);
        named.points().add(0, 0);
    }

    IncomingBatch build() {
        return named.build();
    }
}

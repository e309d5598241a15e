package dev.vedette.ingestion;

import dev.vedette.ingestion.body.BodyLimits;
import dev.vedette.ingestion.body.IdentityBuffer;
import dev.vedette.ingestion.body.MalformedBodyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The columns of a request in which every point names its series, for protocols that write points
 * and not series. Each point is a series of its own here; admission joins them. Not thread-safe;
 * belongs to one request.
 */
public final class NamedPoints {
    private final BodyLimits limits;
    private final IncomingPoints points;
    private final List<IncomingSeries> series = new ArrayList<>();
    private final SentSeries sent;
    private final String prefix;

    /**
     * Empty ones.
     *
     * @param prefix what stands before the index of a point in a refusal
     * @param expected how many points there will be, about
     */
    public NamedPoints(
            SentIdentities identities,
            SenderMapping mapping,
            String prefix,
            BodyLimits limits,
            int expected) {
        this.prefix = prefix;
        this.limits = limits;
        this.points = new IncomingPoints(Math.min(limits.maxPoints(), expected));
        this.sent = new SentSeries(identities, mapping, prefix);
    }

    /**
     * Names the series of the next point, which is to be added to {@link #points()} then.
     *
     * @param what the identity is called in a refusal
     * @throws MalformedBodyException when the request has as many points as it may
     */
    public IncomingSeries name(IdentityBuffer identity, SentSeries.Reader reader, String what)
            throws MalformedBodyException {
        if (identity.isTooLong()) {
            String detail = "the " + what + " have more than " + IdentityBuffer.MOST + " bytes";
            return refuse(
                    new Refusal(prefix + series.size(), RefusalReason.LABELS_INVALID, detail));
        }
        requireRoom();
        int at = points.size();
        return add(
                sent.of(identity.bytes(), 0, identity.length(), reader, at, at + 1, series.size()));
    }

    /**
     * The same for a point whose series cannot be named.
     *
     * @throws MalformedBodyException when the request has as many points as it may
     */
    public IncomingSeries refuse(Refusal refusal) throws MalformedBodyException {
        requireRoom();
        return add(IncomingSeries.faulty(refusal, points.size(), points.size() + 1));
    }

    private IncomingSeries add(IncomingSeries named) {
        series.add(named);
        return named;
    }

    private void requireRoom() throws MalformedBodyException {
        if (points.size() == limits.maxPoints() || series.size() == BodyLimits.MAX_SERIES) {
            throw MalformedBodyException.tooLarge(
                    "the request has more than "
                            + Math.min(limits.maxPoints(), BodyLimits.MAX_SERIES)
                            + " points");
        }
    }

    /** The columns, one point for each series named. */
    public IncomingPoints points() {
        return points;
    }

    /** All of it. */
    public IncomingBatch build() {
        return new IncomingBatch(series, points, Set.of());
    }
}

package dev.vedette.ingestion;

import dev.vedette.series.SeriesKey;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the series of one request of bytes that name them: those seen before are known at once, the
 * others are read into labels and remembered when they are sound. Not thread-safe; belongs to one
 * request.
 */
public final class SentSeries {
    private static final int MAX_UNIT_LENGTH = 64;

    private final SentIdentities identities;
    private final SenderMapping mapping;
    private final String prefix;
    private @Nullable SentIdentity before;

    /**
     * By those identities, in that mapping.
     *
     * @param prefix what stands before the index of a series in a refusal
     */
    public SentSeries(SentIdentities identities, SenderMapping mapping, String prefix) {
        this.prefix = prefix;
        this.identities = identities;
        this.mapping = mapping;
    }

    /**
     * What the bytes of an identity say.
     *
     * @param metric the metric's name
     * @param labels the others, may be changed
     * @param unit the unit, empty when none is said
     */
    public record Said(String metric, Map<String, String> labels, String unit) {}

    /** Reads bytes that were not seen before. */
    public interface Reader {
        /**
         * What they say.
         *
         * @throws IllegalArgumentException when they say nothing that can be an identity; the
         *     message says why
         */
        Said read(byte[] bytes, int from, int to);
    }

    /**
     * The series of those bytes.
     *
     * @param bytes compared, and copied when new
     * @param start index of its first point
     * @param end index just after its last point
     * @param index which series of the request it is
     */
    public IncomingSeries of(
            byte[] bytes, int from, int to, Reader reader, int start, int end, int index) {
        SentIdentity known = identities.find(mapping, before, bytes, from, to);
        if (known == null) {
            try {
                known = add(bytes, from, to, reader.read(bytes, from, to));
            } catch (IllegalArgumentException e) {
                String why = String.valueOf(e.getMessage());
                return IncomingSeries.faulty(
                        new Refusal(prefix + index, RefusalReason.LABELS_INVALID, why), start, end);
            }
        }
        before = known;
        return IncomingSeries.known(known, start, end);
    }

    private SentIdentity add(byte[] bytes, int from, int to, Said said) {
        SeriesKey key = mapping.key(said.metric(), said.labels());
        Optional<String> unit =
                Optional.of(said.unit())
                        .filter(name -> !name.isBlank() && name.length() <= MAX_UNIT_LENGTH);
        return identities.add(mapping, before, bytes, from, to, key, unit);
    }
}

package dev.vedette.ingestion.remotewrite;

import dev.vedette.ingestion.SenderMapping;
import dev.vedette.ingestion.SentIdentities;
import dev.vedette.ingestion.SentSeries;
import dev.vedette.ingestion.body.BodyLimits;
import dev.vedette.ingestion.body.MalformedBodyException;
import dev.vedette.ingestion.body.ProtobufReader;
import java.util.Arrays;

/**
 * Decodes {@code prometheus.WriteRequest} of remote write 1.0 (prometheus/prometheus,
 * prompb/remote.proto and types.proto) straight into columns: no object per sample, none per label
 * of a series seen before. Thread-safe: all state belongs to a call.
 */
public final class WriteRequestV1 {
    private static final int TIME_SERIES = ProtobufReader.tagOf(1, ProtobufReader.LENGTH);
    private static final int LABEL = ProtobufReader.tagOf(1, ProtobufReader.LENGTH);
    private static final int SAMPLE = ProtobufReader.tagOf(2, ProtobufReader.LENGTH);
    private static final int EXEMPLAR = ProtobufReader.tagOf(3, ProtobufReader.LENGTH);
    private static final int HISTOGRAM = ProtobufReader.tagOf(4, ProtobufReader.LENGTH);
    private static final int NAME = ProtobufReader.tagOf(1, ProtobufReader.LENGTH);
    private static final int VALUE = ProtobufReader.tagOf(2, ProtobufReader.LENGTH);

    /** The least a sample takes, to size the columns. */
    private static final int BYTES_PER_SAMPLE = 18;

    private final SentIdentities identities;
    private final BodyLimits limits;

    /** Within those limits. */
    public WriteRequestV1(SentIdentities identities, BodyLimits limits) {
        this.identities = identities;
        this.limits = limits;
    }

    /**
     * Decodes a request.
     *
     * @param content the uncompressed message; not modified
     * @throws MalformedBodyException when it cannot be read as a whole
     */
    public RemoteWriteBatch decode(SenderMapping mapping, byte[] content)
            throws MalformedBodyException {
        ProtobufReader reader = new ProtobufReader(content, content.length);
        SampleColumns columns =
                new SampleColumns(limits.maxPoints(), content.length / BYTES_PER_SAMPLE);
        SentSeries sent = new SentSeries(identities, mapping, "/timeseries/");
        while (reader.hasMore()) {
            int tag = reader.tag();
            if (tag == TIME_SERIES) {
                int outer = reader.enter();
                series(reader, columns, sent);
                reader.leave(outer);
            } else {
                reader.skip(tag); // metadata
            }
        }
        return columns.build();
    }

    private static void series(ProtobufReader reader, SampleColumns columns, SentSeries sent)
            throws MalformedBodyException {
        int start = columns.size();
        Stretch labels = Stretch.EMPTY;
        while (reader.hasMore()) {
            int before = reader.position();
            int tag = reader.tag();
            if (tag == SAMPLE) {
                columns.addSample(reader);
            } else if (tag == LABEL) {
                do {
                    reader.skipPart();
                } while (isNext(reader, LABEL));
                labels = labels.plus(reader.bytes(), before, reader.position());
            } else if (tag == HISTOGRAM) {
                reader.skip(tag);
                columns.addHistogram();
            } else {
                reader.skip(tag);
                if (tag == EXEMPLAR) {
                    columns.addExemplar();
                }
            }
        }
        columns.addSeries(
                sent.of(
                        labels.bytes,
                        labels.from,
                        labels.to,
                        WriteRequestV1::read,
                        start,
                        columns.size(),
                        columns.seriesCount()));
    }

    // Both tags are of one byte.
    private static boolean isNext(ProtobufReader reader, int tag) {
        if (reader.hasMore() && reader.bytes()[reader.position()] == tag) {
            reader.move(reader.position() + 1, reader.limit());
            return true;
        }
        return false;
    }

    private static SentSeries.Said read(byte[] bytes, int from, int to) {
        WireLabels labels = new WireLabels();
        ProtobufReader reader = new ProtobufReader(bytes, to);
        reader.move(from, to);
        try {
            while (reader.hasMore()) {
                reader.tag();
                int outer = reader.enter();
                label(reader, labels);
                reader.leave(outer);
            }
        } catch (MalformedBodyException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return labels.said("");
    }

    private static void label(ProtobufReader reader, WireLabels into)
            throws MalformedBodyException {
        String name = "";
        String value = "";
        while (reader.hasMore()) {
            int tag = reader.tag();
            if (tag == NAME) {
                name = reader.text();
            } else if (tag == VALUE) {
                value = reader.text();
            } else {
                reader.skip(tag);
            }
        }
        into.add(name, value);
    }

    /**
     * The label fields of a series: where they lie, as nobody scatters them; copied together else.
     */
    @SuppressWarnings("ArrayRecordComponent") // local to one series; never compared
    private record Stretch(byte[] bytes, int from, int to) {
        static final Stretch EMPTY = new Stretch(new byte[0], 0, 0);

        Stretch plus(byte[] source, int first, int end) {
            if (from == to) {
                return new Stretch(source, first, end);
            }
            byte[] joined = Arrays.copyOfRange(bytes, from, to + end - first);
            System.arraycopy(source, first, joined, to - from, end - first);
            return new Stretch(joined, 0, joined.length);
        }
    }
}

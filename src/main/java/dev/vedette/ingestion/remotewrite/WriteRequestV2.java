package dev.vedette.ingestion.remotewrite;

import dev.vedette.ingestion.SenderMapping;
import dev.vedette.ingestion.SentIdentities;
import dev.vedette.ingestion.SentSeries;
import dev.vedette.ingestion.body.BodyLimits;
import dev.vedette.ingestion.body.IdentityBuffer;
import dev.vedette.ingestion.body.MalformedBodyException;
import dev.vedette.ingestion.body.ProtobufReader;
import java.nio.ByteBuffer;

/**
 * Decodes {@code io.prometheus.write.v2.Request} of remote write 2.0 (prometheus/prometheus,
 * prompb/io/prometheus/write/v2/types.proto) straight into columns. Labels are numbers of a table
 * of texts that every request makes anew, so a series is known by the texts, brought together in a
 * buffer. Thread-safe: all state belongs to a call.
 */
public final class WriteRequestV2 {
    private static final int SYMBOL = ProtobufReader.tagOf(4, ProtobufReader.LENGTH);
    private static final int TIME_SERIES = ProtobufReader.tagOf(5, ProtobufReader.LENGTH);
    private static final int LABEL_REFS = ProtobufReader.tagOf(1, ProtobufReader.LENGTH);
    private static final int LABEL_REF = ProtobufReader.tagOf(1, ProtobufReader.VARINT);
    private static final int SAMPLE = ProtobufReader.tagOf(2, ProtobufReader.LENGTH);
    private static final int HISTOGRAM = ProtobufReader.tagOf(3, ProtobufReader.LENGTH);
    private static final int EXEMPLAR = ProtobufReader.tagOf(4, ProtobufReader.LENGTH);
    private static final int METADATA = ProtobufReader.tagOf(5, ProtobufReader.LENGTH);
    private static final int UNIT_REF = ProtobufReader.tagOf(4, ProtobufReader.VARINT);

    private static final int BYTES_PER_SAMPLE = 18;

    private static final int NO_UNIT = -1;
    private static final int MAX_UNIT = 64;

    private final SentIdentities identities;
    private final BodyLimits limits;

    /** Within those limits. */
    public WriteRequestV2(SentIdentities identities, BodyLimits limits) {
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
        Call call = new Call(mapping, content);
        call.symbols();
        call.allSeries();
        return call.columns.build();
    }

    private final class Call {
        private final ProtobufReader reader;
        private final SampleColumns columns;
        private final SentSeries sent;
        private final SymbolTable symbols = new SymbolTable();
        private final IdentityBuffer identity = new IdentityBuffer();
        private int labels;
        private int unit = NO_UNIT;

        Call(SenderMapping mapping, byte[] content) {
            reader = new ProtobufReader(content, content.length);
            columns = new SampleColumns(limits.maxPoints(), content.length / BYTES_PER_SAMPLE);
            sent = new SentSeries(identities, mapping, "/timeseries/");
        }

        // they may stand behind the series
        void symbols() throws MalformedBodyException {
            while (reader.hasMore()) {
                int tag = reader.tag();
                if (tag == SYMBOL) {
                    symbols.add(reader);
                } else {
                    reader.skip(tag);
                }
            }
            reader.move(0, reader.limit());
        }

        void allSeries() throws MalformedBodyException {
            while (reader.hasMore()) {
                int tag = reader.tag();
                if (tag == TIME_SERIES) {
                    int outer = reader.enter();
                    series();
                    reader.leave(outer);
                } else {
                    reader.skip(tag);
                }
            }
        }

        private void series() throws MalformedBodyException {
            int start = columns.size();
            identity.cut(0);
            labels = 0;
            unit = NO_UNIT;
            while (reader.hasMore()) {
                int tag = reader.tag();
                if (tag == SAMPLE) {
                    columns.addSample(reader);
                } else if (tag == LABEL_REFS) {
                    int outer = reader.enter();
                    while (reader.hasMore()) {
                        addLabelText(reader.varint());
                    }
                    reader.leave(outer);
                } else if (tag == LABEL_REF) {
                    addLabelText(reader.varint());
                } else if (tag == METADATA) {
                    metadata();
                } else {
                    reader.skip(tag);
                    count(tag);
                }
            }
            end(start);
        }

        private void count(int tag) throws MalformedBodyException {
            if (tag == HISTOGRAM) {
                columns.addHistogram();
            } else if (tag == EXEMPLAR) {
                columns.addExemplar();
            }
        }

        private void end(int start) throws MalformedBodyException {
            if (labels % 2 != 0) {
                throw MalformedBodyException.malformed("a series has a label without a value");
            }
            if (identity.isTooLong()) {
                columns.addFaulty(
                        "the labels have more than " + IdentityBuffer.MOST + " bytes", start);
                return;
            }
            columns.addSeries(
                    sent.of(
                            identity.bytes(),
                            0,
                            identity.length(),
                            this::read,
                            start,
                            columns.size(),
                            columns.seriesCount()));
        }

        private void addLabelText(long reference) throws MalformedBodyException {
            int symbol = symbols.require(reference);
            labels++;
            identity.put(reader.bytes(), symbols.start(symbol), symbols.length(symbol));
        }

        private void metadata() throws MalformedBodyException {
            int outer = reader.enter();
            while (reader.hasMore()) {
                int tag = reader.tag();
                if (tag == UNIT_REF) {
                    unit = symbols.require(reader.varint());
                } else {
                    reader.skip(tag);
                }
            }
            reader.leave(outer);
        }

        // a unit is a help, not a part of the identity: one that cannot be read is left out
        private String unitText() {
            try {
                return unit == NO_UNIT || symbols.length(unit) > MAX_UNIT
                        ? ""
                        : ProtobufReader.utf8(
                                reader.bytes(), symbols.start(unit), symbols.length(unit));
            } catch (IllegalArgumentException e) {
                return "";
            }
        }

        private SentSeries.Said read(byte[] bytes, int from, int to) {
            WireLabels found = new WireLabels();
            ByteBuffer texts = ByteBuffer.wrap(bytes, from, to - from);
            while (texts.hasRemaining()) {
                String name = text(bytes, texts);
                found.add(name, text(bytes, texts));
            }
            return found.said(unitText());
        }

        private static String text(byte[] bytes, ByteBuffer texts) {
            int size = texts.getInt();
            String text = ProtobufReader.utf8(bytes, texts.position(), size);
            texts.position(texts.position() + size);
            return text;
        }
    }
}

package dev.vedette.ingestion.otlp;

import dev.vedette.ingestion.SenderMapping;
import dev.vedette.ingestion.SentIdentities;
import dev.vedette.ingestion.body.BodyLimits;
import dev.vedette.ingestion.body.MalformedBodyException;
import dev.vedette.ingestion.body.ProtobufReader;

/**
 * Decodes {@code ExportMetricsServiceRequest} straight into columns: no object per point, none per
 * attribute of a series seen before. Resource and scope are found before what belongs to them,
 * wherever they stand. Of a resource's attributes those are kept that tell series apart, see {@link
 * ResourceAttributes}. Thread-safe: all state belongs to a call.
 */
public final class OtlpDecoder {
    private static final int BYTES_PER_POINT = 48;

    private final SentIdentities identities;
    private final DeltaTotals totals;
    private final BodyLimits limits;

    /** Within those limits. */
    public OtlpDecoder(SentIdentities identities, DeltaTotals totals, BodyLimits limits) {
        this.identities = identities;
        this.totals = totals;
        this.limits = limits;
    }

    /**
     * Decodes a request.
     *
     * @param content the uncompressed message; not modified
     * @throws MalformedBodyException when it cannot be read as a whole
     */
    public OtlpBatch decode(SenderMapping mapping, byte[] content) throws MalformedBodyException {
        PointColumns columns =
                new PointColumns(
                        identities, mapping, totals, limits, content.length / BYTES_PER_POINT);
        ProtobufReader reader = new ProtobufReader(content, content.length);
        MetricDecoder metrics = new MetricDecoder(reader, columns);
        ResourceAttributes resource = new ResourceAttributes(mapping.mapping());
        while (reader.hasMore()) {
            int tag = reader.tag();
            if (tag == OtlpFields.REQUEST_RESOURCE_METRICS) {
                int outer = reader.enter();
                resourceMetrics(reader, metrics, resource);
                reader.leave(outer);
            } else {
                reader.skip(tag);
            }
        }
        return new OtlpBatch(columns.build(), metrics.exponentials(), metrics.exemplars());
    }

    private static void resourceMetrics(
            ProtobufReader reader, MetricDecoder metrics, ResourceAttributes resource)
            throws MalformedBodyException {
        int start = reader.position();
        resource.clear();
        each(reader, OtlpFields.RESOURCE_METRICS_RESOURCE, () -> resource.read(reader));
        reader.move(start, reader.limit());
        each(
                reader,
                OtlpFields.RESOURCE_METRICS_SCOPES,
                () -> scopeMetrics(reader, metrics, resource));
    }

    private static void scopeMetrics(
            ProtobufReader reader, MetricDecoder metrics, ResourceAttributes resource)
            throws MalformedBodyException {
        int start = reader.position();
        Text scope = new Text();
        each(
                reader,
                OtlpFields.SCOPE_METRICS_SCOPE,
                () -> each(reader, OtlpFields.SCOPE_NAME, () -> scope.take(reader)));
        reader.move(start, reader.limit());
        each(reader, OtlpFields.SCOPE_METRICS_METRICS, () -> metrics.decode(resource, scope));
    }

    /** Enters every field of that tag of the message being read, and skips the others. */
    static void each(ProtobufReader reader, int wanted, Part part) throws MalformedBodyException {
        while (reader.hasMore()) {
            int tag = reader.tag();
            if (tag == wanted) {
                int outer = reader.enter();
                part.read();
                reader.leave(outer);
            } else {
                reader.skip(tag);
            }
        }
    }

    /** Reads a message that was entered. */
    interface Part {
        void read() throws MalformedBodyException;
    }

    /** Where a text lies. */
    static final class Text {
        int start;
        int length;

        /** That of the part that was entered. */
        void take(ProtobufReader reader) {
            start = reader.position();
            length = reader.limit() - start;
        }

        void clear() {
            length = 0;
        }
    }
}

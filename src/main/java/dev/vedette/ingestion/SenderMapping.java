package dev.vedette.ingestion;

import dev.vedette.series.Labels;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.TenantId;
import java.util.Map;

/**
 * What the labels of one tenant's senders mean. The same object as long as the mapping is the same,
 * so that {@link SentIdentities} can be kept by it; hence no record.
 */
public final class SenderMapping {
    private final TenantId tenant;
    private final LabelMapping mapping;

    /** Of that tenant and mapping. */
    public SenderMapping(TenantId tenant, LabelMapping mapping) {
        this.tenant = tenant;
        this.mapping = mapping;
    }

    /** How labels become places. */
    public LabelMapping mapping() {
        return mapping;
    }

    /**
     * The series of those labels.
     *
     * @param labels the metric's name not among them; changed
     * @throws IllegalArgumentException when a name or a label cannot be part of an identity; the
     *     message says which
     */
    public SeriesKey key(String metric, Map<String, String> labels) {
        LabelMapping.Place place = mapping.take(labels);
        return new SeriesKey(tenant, place.clusterId(), place.nodeId(), metric, Labels.of(labels));
    }
}

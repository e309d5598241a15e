package dev.vedette.ingestion.otlp;

import dev.vedette.ingestion.LabelMapping;
import dev.vedette.ingestion.body.IdentityBuffer;
import dev.vedette.ingestion.body.MalformedBodyException;
import dev.vedette.ingestion.body.ProtobufReader;
import java.util.HashSet;
import java.util.Set;

/**
 * The attributes of the resource at hand that become labels: those the mapping asks for, and those
 * that tell one source of the same metric from another. The rest (versions, command lines, …)
 * describes and would make a new series of every upgrade. Not thread-safe.
 */
final class ResourceAttributes {
    private static final Set<String> USUAL =
            Set.of(
                    "service.name",
                    "service.namespace",
                    "service.instance.id",
                    "deployment.environment",
                    "deployment.environment.name",
                    "cloud.region",
                    "k8s.namespace.name",
                    "k8s.pod.name",
                    "k8s.container.name",
                    "k8s.deployment.name",
                    "container.name",
                    "host.name");

    private final Set<String> kept = new HashSet<>(USUAL);
    private final IdentityBuffer bytes = new IdentityBuffer();

    ResourceAttributes(LabelMapping mapping) {
        kept.addAll(mapping.clusterLabels());
        kept.addAll(mapping.nodeLabels());
    }

    /** The attributes, each a part. */
    IdentityBuffer bytes() {
        return bytes;
    }

    void clear() {
        bytes.cut(0);
    }

    /** Reads the resource that was entered. */
    void read(ProtobufReader reader) throws MalformedBodyException {
        OtlpDecoder.each(
                reader,
                OtlpFields.RESOURCE_ATTRIBUTES,
                () -> {
                    int start = reader.position();
                    int length = reader.limit() - start;
                    if (kept.contains(key(reader))) {
                        bytes.put(reader.bytes(), start, length);
                    }
                });
    }

    private static String key(ProtobufReader reader) throws MalformedBodyException {
        String key = "";
        while (reader.hasMore()) {
            int tag = reader.tag();
            if (tag == OtlpFields.KEY) {
                key = reader.text();
            } else {
                reader.skip(tag);
            }
        }
        return key;
    }
}

package dev.vedette.detection;

import dev.vedette.series.NodeKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** Names anomalies so that a replay, or a second worker, finds the same names. */
final class AnomalyIds {
    private AnomalyIds() {}

    /**
     * The id of the anomaly of that series and engine that starts then: a name-based UUID (RFC
     * 9562, version 3).
     */
    static UUID of(long seriesId, String engine, Instant windowStart) {
        String name = seriesId + "/" + engine + "/" + windowStart.toEpochMilli();
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The id of the anomaly of that node as a whole that starts then; {@code what} tells apart what
     * can begin at one time.
     */
    static UUID of(NodeKey node, String what, Instant windowStart) {
        // Names hold no control characters, so that no two nodes share this text.
        String name =
                String.join(
                        "\n",
                        node.tenant().value(),
                        node.clusterId(),
                        node.nodeId(),
                        what,
                        Long.toString(windowStart.toEpochMilli()));
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}

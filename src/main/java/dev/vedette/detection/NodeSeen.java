package dev.vedette.detection;

import java.time.Instant;

/**
 * When a node was last judged.
 *
 * @param bucket start of the last five minutes in which a score of it was stored
 */
public record NodeSeen(String clusterId, String nodeId, Instant bucket) {}

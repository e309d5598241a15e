package dev.vedette.detection;

import java.time.Instant;
import java.util.Optional;

/**
 * Where the detector of a series stands, as of the last checkpoint.
 *
 * @param engine id of the engine at work
 * @param warmAt when the first verdict is due, by the usual spacing of points; empty once there was
 *     one
 * @param siblings how many series of the same metric it began with the knowledge of; 0 when it
 *     learns from its own points alone
 */
public record DetectorState(String engine, Optional<Instant> warmAt, int siblings) {}

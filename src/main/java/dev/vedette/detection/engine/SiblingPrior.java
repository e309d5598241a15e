package dev.vedette.detection.engine;

/**
 * What detectors of sibling series know that a new one of their metric can begin with: see {@link
 * DetectionEngine#prior}.
 *
 * @param siblings of how many it is, above 0
 * @param bytes opaque; to be handed to {@link DetectionEngine#open(DetectionSettings, byte[])}
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, compared nowhere
public record SiblingPrior(int siblings, byte[] bytes) {}

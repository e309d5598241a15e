package dev.vedette.detection;

import dev.vedette.detection.engine.DetectionEngine;
import java.util.List;

/** Engines that an operator connected, beside those that come with the service. */
public interface ConnectedEngines {
    /**
     * The engines; none when none was connected.
     *
     * @param fallback judges where one of them does not answer
     */
    List<DetectionEngine> engines(DetectionEngine fallback);
}

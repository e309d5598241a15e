package dev.vedette.ingestion.source;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the demo: a simulated fleet with a history, live from the first start on. */
@ConfigMapping(prefix = "vedette.demo")
public interface DemoConfig {
    /** Whether the demo tenant gets points. */
    @WithDefault("false")
    boolean enabled();

    /** Whose points they are. */
    @WithDefault("demo")
    String tenant();

    /** The same seed gives the same fleet. */
    @WithDefault("42")
    long seed();

    /** Time between live points, at least one second. */
    @WithDefault("PT10S")
    Duration interval();

    /** How far the history reaches back. */
    @WithDefault("P14D")
    Duration history();

    /** Time between points of the history. */
    @WithDefault("PT5M")
    Duration historyStep();
}

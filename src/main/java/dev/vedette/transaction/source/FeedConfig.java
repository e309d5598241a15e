package dev.vedette.transaction.source;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings of WebSocket feeds that this service connects to for transactions. */
@ConfigMapping(prefix = "vedette.feed")
public interface FeedConfig {
    /** The feeds, by a name of your choice. */
    Map<String, Source> sources();

    /**
     * Longest wait between two tries to connect; the first is a second, each next twice as long.
     */
    @WithDefault("PT1M")
    Duration maxBackoff();

    /** Address ranges (CIDR) that feeds may have although they are not public; none by default. */
    Optional<List<String>> allowedTargets();

    /** Whether ws:// is fine beside wss://. */
    @WithDefault("false")
    boolean allowPlain();

    /** One feed. */
    interface Source {
        /** Its address, wss://… */
        String url();

        /** Whose transactions it tells; nothing in a message is believed about the tenant. */
        String tenant();

        /** Sent as Authorization: Bearer when connecting; a secret. */
        Optional<String> token();

        /** A text to send once connected, such as a subscription. */
        Optional<String> greeting();
    }
}

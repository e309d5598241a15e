package dev.vedette.alerting.notifier;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the channels that go over HTTP. */
@ConfigMapping(prefix = "vedette.notifier")
public interface NotifierConfig {
    /**
     * Address ranges, such as {@code 10.20.0.0/16}, where messages may go although they are not
     * public: an Alertmanager or a receiver in this network. Tenants name the URLs, so keep it
     * small.
     */
    Optional<List<String>> allowedTargets();

    /** Whether URLs may begin with {@code http://} too. */
    @WithDefault("false")
    boolean allowPlainHttp();

    /** How long one message may take, from the connection to the end of the answer. */
    @WithDefault("PT10S")
    Duration timeout();
}

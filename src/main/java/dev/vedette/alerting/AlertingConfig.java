package dev.vedette.alerting;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Settings of telling people about incidents. */
@ConfigMapping(prefix = "vedette.alerting")
public interface AlertingConfig {
    /** Where people reach the service: what links in messages begin with. */
    @WithDefault("http://localhost:8080")
    URI publicUrl();

    /**
     * The key that encrypts the secrets of channels, 32 bytes in Base64; a secret. Left out, it is
     * derived from the signing key, and goes with it.
     */
    Optional<String> secretKey();

    /** How long a message that does not get through is tried again. */
    @WithDefault("PT24H")
    Duration retryFor();

    /** How long a notifier may take for one try before another takes over; above all time-outs. */
    @WithDefault("PT1M")
    Duration lease();

    /** Most messages that one process sends at a time. */
    @WithDefault("64")
    int mostInFlight();

    /** How long the delivery log is kept. */
    @WithDefault("P90D")
    Duration logRetention();

    /** How long the links in a message may be clicked. */
    @WithDefault("P7D")
    Duration linkLife();

    /** How many false alarms a week a tenant puts up with. */
    @WithDefault("5")
    int falseAlarmsPerWeek();
}

package dev.vedette.alerting.notifier;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.ext.mail.StartTLSOptions;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;

/** Settings of mail to people. Without a server, channels of mail refuse and say so. */
@ConfigMapping(prefix = "vedette.mail")
public interface MailConfig {
    /** The SMTP server; nothing is mailed until it is set. */
    Optional<String> host();

    /** Its port: 587 with STARTTLS, 465 with {@code vedette.mail.tls}. */
    @WithDefault("587")
    @Min(1)
    @Max(65535)
    int port();

    /** Whether TLS begins with the connection, as on port 465. */
    @WithDefault("false")
    boolean tls();

    /**
     * Whether a plain connection becomes TLS: {@code required}, {@code optional}, {@code disabled}.
     */
    @WithDefault("required")
    StartTLSOptions startTls();

    /** Who signs in at the server, when it asks. */
    Optional<String> username();

    /** With that password; never logged. */
    Optional<String> password();

    /** The sender's address. */
    @WithDefault("vedette@localhost")
    String from();

    /** How long one mail may take, and how long the server may be silent; at least a second. */
    @WithDefault("PT20S")
    Duration timeout();
}

package dev.vedette.transaction.mlflow;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Settings of the MLflow server that is told of models. */
@ConfigMapping(prefix = "vedette.mlflow")
public interface MlflowConfig {
    /**
     * Where the server is, such as {@code http://mlflow:5000}; nobody is told when it is absent.
     */
    Optional<URI> url();

    /** Sent as a bearer token, when set; never logged. */
    Optional<String> token();

    /** User for basic authentication, when set, with {@code password}. */
    Optional<String> username();

    /** Password for basic authentication; never logged. */
    Optional<String> password();

    /** What names of experiments and registered models begin with; the tenant follows. */
    @WithDefault("vedette")
    String prefix();

    /** How long one request may take. */
    @WithDefault("PT30S")
    Duration timeout();

    /** How long a model waits after the server failed on it, before it is tried again. */
    @WithDefault("PT30S")
    Duration retryInterval();
}

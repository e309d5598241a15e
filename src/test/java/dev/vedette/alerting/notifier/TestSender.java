package dev.vedette.alerting.notifier;

import dev.vedette.http.client.NameLookup;
import dev.vedette.http.client.TargetGuard;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** The sender of the service, with a guard of the test's choice. */
final class TestSender implements AutoCloseable {
    static final InstantSource CLOCK = InstantSource.fixed(Samples.BEGAN.plusSeconds(600));

    private final Vertx vertx = Vertx.vertx();
    private final Duration patience;

    TestSender(Duration patience) {
        this.patience = patience;
    }

    TestSender() {
        this(Duration.ofSeconds(20));
    }

    /** May go to this machine. */
    HttpSender here() {
        return with(NameLookup.SYSTEM, "127.0.0.0/8", "::1/128");
    }

    HttpSender with(NameLookup names, String... allowed) {
        return with(HttpSender.options(patience), names, allowed);
    }

    HttpSender with(HttpClientOptions options, NameLookup names, String... allowed) {
        return new HttpSender(
                vertx, options, new TargetGuard(List.of(allowed), true), names, patience, CLOCK);
    }

    Vertx vertx() {
        return vertx;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}

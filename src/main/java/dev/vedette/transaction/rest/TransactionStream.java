package dev.vedette.transaction.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vedette.http.ProblemException;
import dev.vedette.http.ProblemKind;
import dev.vedette.http.SocketAccess;
import dev.vedette.tenant.Role;
import dev.vedette.tracing.Tracing;
import dev.vedette.transaction.intake.TransactionDocument;
import dev.vedette.transaction.intake.TransactionIntake;
import dev.vedette.transaction.scoring.TransactionConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** The way in for transactions over WebSocket; docs/transactions-api.md has the contract. */
@ApplicationScoped
class TransactionStream {
    private static final String PATH = "/api/v1/stream/transactions";
    private static final String SOURCE = "websocket";
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final SocketAccess access;
    private final TransactionIntake intake;
    private final WrittenItems written;
    private final TransactionConfig config;
    private final ObjectMapper json;
    private final MeterRegistry metrics;
    private final Vertx vertx;
    private final Tracing tracing;
    private final Set<TransactionSocket> open = ConcurrentHashMap.newKeySet();
    // taken before a connection is upgraded, so that those that come at once are counted, too
    private final Semaphore places;

    TransactionStream(
            SocketAccess access,
            TransactionIntake intake,
            WrittenItems written,
            TransactionConfig config,
            ObjectMapper json,
            MeterRegistry metrics,
            Vertx vertx,
            Tracing tracing) {
        this.access = access;
        this.intake = intake;
        this.written = written;
        this.config = config;
        this.json = json;
        this.metrics = metrics;
        this.vertx = vertx;
        this.tracing = tracing;
        this.places = new Semaphore(config.maxSockets());
    }

    void routes(@Observes Router router) {
        Gauge.builder("vedette_transaction_sockets", open, Set::size).register(metrics);
        metrics.counter("vedette_transaction_socket_messages_total");
        router.get(PATH).handler(this::connect);
    }

    // Before answers are waited for, which connections would hold up.
    void stop(@Observes ShutdownDelayInitiatedEvent stopping) {
        open.forEach(TransactionSocket::goAway);
    }

    private void connect(RoutingContext context) {
        // authentication may wait for the database, and nothing is read meanwhile
        context.request().pause();
        access.tenant(context, Role.INGEST, Role.EDITOR)
                .subscribe()
                .with(_ -> upgrade(context), context::fail);
    }

    private void upgrade(RoutingContext context) {
        if (!"websocket".equalsIgnoreCase(context.request().getHeader("Upgrade"))) {
            context.fail(
                    ProblemException.of(
                            ProblemKind.MALFORMED_REQUEST,
                            "this address speaks WebSocket; connect with ws:// or wss://"));
        } else if (!places.tryAcquire()) {
            context.fail(
                    ProblemException.retryable(
                            ProblemKind.TOO_MANY_REQUESTS,
                            "there are " + config.maxSockets() + " connections already",
                            RETRY));
        } else {
            context.request()
                    .toWebSocket()
                    .onSuccess(socket -> begin(context, socket))
                    .onFailure(failure -> {
                        places.release();
                        context.fail(failure);
                    });
        }
    }

    private void begin(RoutingContext context, ServerWebSocket socket) {
        TransactionSocket one =
                new TransactionSocket(
                        socket,
                        vertx.getOrCreateContext(),
                        message -> answers(context, message),
                        failure -> access.problem(context, failure),
                        json,
                        config.socketInFlight(),
                        metrics.counter("vedette_transaction_socket_messages_total"));
        open.add(one);
        socket.closeHandler(_ -> {
            open.remove(one);
            places.release();
        });
        one.begin();
    }

    private Uni<List<TransactionJson.Item>> answers(RoutingContext context, String message) {
        return access.tenant(context, Role.INGEST, Role.EDITOR)
                .chain(tenant -> {
                    TransactionDocument.Items read = TransactionBody.readMessage(message);
                    read.tenant().ifPresent(named -> access.requireTenant(context, named));
                    return tracing.message(
                                    SOURCE, PATH, () -> intake.take(tenant, read.items(), SOURCE))
                            .chain(results -> written.of(tenant, results, true));
                });
    }
}

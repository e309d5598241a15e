package dev.vedette.alerting.notifier;

import dev.vedette.alerting.Secret;
import dev.vedette.http.client.EventLoop;
import dev.vedette.http.client.NameLookup;
import dev.vedette.http.client.RefusedTargetException;
import dev.vedette.http.client.TargetGuard;
import dev.vedette.tracing.CurrentTrace;
import dev.vedette.tracing.Traceparent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Posts to URLs that tenants name. Blocks the calling virtual thread. Thread-safe.
 *
 * <p>Why Vert.x and not the JDK's client: the address that {@link TargetGuard#choose} saw is handed
 * over as the server to connect to, while the URL's host stays what the {@code Host} header, SNI
 * and the certificate check see. The JDK's client resolves the host again by itself, and between
 * the two answers a name may have moved into our network (DNS rebinding). A connection is used
 * once, so every message is looked at. Redirects are not followed, proxies not used, and of an
 * answer no more is read than the delivery log keeps.
 */
final class HttpSender {
    private static final int MOST_ANSWER_BYTES = 65_536;
    private static final int LONGEST_CONNECT_MILLIS = 5_000;

    private final HttpClient http;
    private final EventLoop loop;
    private final TargetGuard guard;
    private final NameLookup names;
    private final Duration patience;
    private final InstantSource clock;

    /**
     * A sender.
     *
     * @param vertx whose clients it uses
     * @param options of the client, made from {@link #options}
     * @param guard of all URLs
     * @param patience how long one message may take, from the connection to the end of the answer
     */
    HttpSender(
            Vertx vertx,
            HttpClientOptions options,
            TargetGuard guard,
            NameLookup names,
            Duration patience,
            InstantSource clock) {
        this.http = vertx.createHttpClient(options);
        this.loop = new EventLoop(vertx);
        this.guard = guard;
        this.names = names;
        this.patience = patience;
        this.clock = clock;
    }

    /** How a client must be for a sender of that patience. */
    static HttpClientOptions options(Duration patience) {
        return new HttpClientOptions()
                .setKeepAlive(false)
                .setVerifyHost(true)
                .setConnectTimeout((int) Math.min(LONGEST_CONNECT_MILLIS, patience.toMillis()));
    }

    /** Sends it once, and waits for the answer. Never throws for what the other side does. */
    HttpOutcome post(HttpMessage message) {
        try {
            TargetGuard.Target target = guard.admit(message.url());
            InetAddress address = guard.choose(names.resolve(target.host()));
            return exchange(target, address, traced(message));
        } catch (RefusedTargetException e) {
            return new HttpOutcome.Forbidden(String.valueOf(e.getMessage()));
        } catch (UnknownHostException e) {
            return new HttpOutcome.Unanswered("the URL's host has no address now");
        }
    }

    /** The receiver may go on with the trace, where one is recorded. */
    private static HttpMessage traced(HttpMessage message) {
        return CurrentTrace.place()
                .map(place -> message.with(Traceparent.HEADER, Traceparent.text(place)))
                .orElse(message);
    }

    private HttpOutcome exchange(
            TargetGuard.Target target, InetAddress address, HttpMessage message) {
        OneExchange exchange = new OneExchange();
        Future<HttpOutcome> outcome =
                loop.run(() ->
                        http.request(request(target, address))
                                .compose(request -> exchange.send(request, message))
                                .compose(response -> answered(response, message)));
        return await(outcome, exchange);
    }

    private Future<HttpOutcome> answered(HttpClientResponse response, HttpMessage message) {
        Optional<String> after = Optional.ofNullable(response.getHeader("retry-after"));
        return OneExchange.read(response, MOST_ANSWER_BYTES)
                .map(body ->
                        new HttpOutcome.Answered(
                                response.statusCode(),
                                said(body, message),
                                RetryAfter.read(after, clock.instant())));
    }

    private static RequestOptions request(TargetGuard.Target target, InetAddress address) {
        String query = target.uri().getRawQuery();
        String path = target.uri().getRawPath();
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(target.port(), address.getHostAddress()))
                .setHost(target.uri().getHost())
                .setPort(target.port())
                .setSsl(target.uri().getScheme().equalsIgnoreCase("https"))
                .setURI((path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query));
    }

    private static String said(Buffer body, HttpMessage message) {
        String text = body.toString(StandardCharsets.UTF_8);
        for (Secret secret : message.secrets()) {
            text = text.replace(secret.value(), secret.toString());
        }
        return text;
    }

    private HttpOutcome await(Future<HttpOutcome> outcome, OneExchange exchange) {
        try {
            return outcome.toCompletionStage()
                    .toCompletableFuture()
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new HttpOutcome.Unanswered("no answer within " + patience.toSeconds() + " s");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return new HttpOutcome.Unanswered(
                    "no answer: " + cause.getClass().getSimpleName() + ": " + cause.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new HttpOutcome.Unanswered("the service is stopping");
        } finally {
            exchange.end();
        }
    }
}

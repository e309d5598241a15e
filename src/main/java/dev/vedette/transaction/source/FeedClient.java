package dev.vedette.transaction.source;

import dev.vedette.http.client.EventLoop;
import dev.vedette.http.client.NameLookup;
import dev.vedette.http.client.RefusedTargetException;
import dev.vedette.http.client.TargetGuard;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Follows one feed on a thread of its own: connects, hands each message on, connects again when the
 * connection ends, waiting twice as long after each failure. While messages are not taken, nothing
 * more is read, so that the feed is held back and no message is dropped here.
 */
final class FeedClient implements Runnable {
    /** Most bytes of a message; one beyond it ends the connection. */
    static final int MOST_BYTES = 1 << 20;

    private static final Logger LOG = Logger.getLogger(FeedClient.class);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(20);
    private static final int MOST_WAITING = 32;

    private final String name;
    private final FeedConfig.Source feed;
    private final TargetGuard guard;
    private final NameLookup names;
    private final Duration maxBackoff;
    private final EventLoop loop;
    private final WebSocketClient client;
    private final Consumer<String> messages;
    private volatile boolean isConnected;
    private volatile boolean isStopping;

    /**
     * A client.
     *
     * @param messages takes each message, one at a time; may block
     */
    FeedClient(
            String name,
            FeedConfig.Source feed,
            TargetGuard guard,
            NameLookup names,
            Duration maxBackoff,
            Vertx vertx,
            Consumer<String> messages) {
        this.name = name;
        this.feed = feed;
        this.guard = guard;
        this.names = names;
        this.maxBackoff = maxBackoff;
        this.messages = messages;
        loop = new EventLoop(vertx);
        client =
                vertx.createWebSocketClient(
                        new WebSocketClientOptions()
                                .setMaxFrameSize(MOST_BYTES)
                                .setMaxMessageSize(MOST_BYTES)
                                .setTryUsePerMessageCompression(false));
    }

    /** Whether it is connected just now. */
    boolean isConnected() {
        return isConnected;
    }

    /** Ends it: the message at hand is finished, and what the feed told after it is not taken. */
    void stop() {
        isStopping = true;
    }

    @Override
    public void run() {
        Duration wait = FIRST_WAIT;
        try {
            while (!isStopping) {
                try {
                    follow(connect());
                    wait = FIRST_WAIT;
                } catch (ExecutionException
                        | TimeoutException
                        | UnknownHostException
                        | RefusedTargetException e) {
                    LOG.warnf("feed not reached, trying again feed=%s in=%s: %s", name, wait, e);
                } catch (RuntimeException e) {
                    LOG.warnf(e, "feed failed, trying again feed=%s in=%s", name, wait);
                }
                pause(wait);
                wait = wait.multipliedBy(2);
                wait = wait.compareTo(maxBackoff) > 0 ? maxBackoff : wait;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            isConnected = false;
            var _ = client.close();
        }
    }

    private void pause(Duration wait) throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        while (!isStopping && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** A connection, and what came over it and waits. */
    private record Session(WebSocket socket, LinkedBlockingQueue<String> waiting) {}

    // To the address the guard chose, not to the name: that may answer differently by now.
    private Session connect()
            throws UnknownHostException,
                    InterruptedException,
                    ExecutionException,
                    TimeoutException {
        boolean isTls = feed.url().startsWith("wss:");
        TargetGuard.Target target = guard.admit(feed.url().replaceFirst("^ws", "http"));
        InetAddress address = guard.choose(names.resolve(target.host()));
        String path = target.uri().getRawPath();
        String query = target.uri().getRawQuery();
        WebSocketConnectOptions options = new WebSocketConnectOptions();
        options.setHost(target.host())
                .setPort(target.port())
                .setSsl(isTls)
                .setServer(SocketAddress.inetSocketAddress(target.port(), address.getHostAddress()))
                .setURI((path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query));
        feed.token().ifPresent(token -> options.putHeader("Authorization", "Bearer " + token));
        LinkedBlockingQueue<String> waiting = new LinkedBlockingQueue<>();
        WebSocket socket =
                loop.run(() -> client.connect(options).map(opened -> listening(opened, waiting)))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(CONNECT_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        feed.greeting().ifPresent(socket::writeTextMessage);
        return new Session(socket, waiting);
    }

    private static WebSocket listening(WebSocket opened, LinkedBlockingQueue<String> waiting) {
        opened.textMessageHandler(text -> {
            waiting.add(text);
            if (waiting.size() >= MOST_WAITING) {
                opened.pause();
            }
        });
        return opened;
    }

    private void follow(Session session) throws InterruptedException {
        isConnected = true;
        LOG.infof("feed connected feed=%s", name);
        try {
            // what came before the connection ended is taken to its end
            while (!isStopping && !(session.socket.isClosed() && session.waiting.isEmpty())) {
                String next = session.waiting.poll(200, TimeUnit.MILLISECONDS);
                if (next != null) {
                    messages.accept(next);
                }
                if (session.waiting.isEmpty() && !session.socket.isClosed()) {
                    session.socket.resume();
                }
            }
        } finally {
            isConnected = false;
            if (!session.socket.isClosed()) {
                var _ = session.socket.close();
            }
        }
    }
}

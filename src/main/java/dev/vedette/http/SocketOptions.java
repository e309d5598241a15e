package dev.vedette.http;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Bounds what a WebSocket may send. Without compression: a frame's bound is checked before it is
 * inflated.
 */
@ApplicationScoped
public class SocketOptions implements HttpServerOptionsCustomizer {
    /** Most bytes of a message, and of each of its frames. */
    public static final int MOST_BYTES = 256 << 10;

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        bound(options);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        bound(options);
    }

    private static void bound(HttpServerOptions options) {
        options.setMaxWebSocketFrameSize(MOST_BYTES)
                .setMaxWebSocketMessageSize(MOST_BYTES)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false);
    }
}

package dev.vedette.http;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * What listeners speak. A WebSocket's messages are bounded and without compression: a frame's bound
 * is checked before it is inflated. HTTP/2 is for TLS only: clients that offer to go over to it in
 * clear text, as Java's own does by default, lose answers of which more than they take comes right
 * behind the 101.
 */
@ApplicationScoped
class ListenerOptions implements HttpServerOptionsCustomizer {
    private static final int MOST_MESSAGE_BYTES = 256 << 10;

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        bound(options);
        options.setHttp2ClearTextEnabled(false);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        bound(options);
    }

    private static void bound(HttpServerOptions options) {
        options.setMaxWebSocketFrameSize(MOST_MESSAGE_BYTES)
                .setMaxWebSocketMessageSize(MOST_MESSAGE_BYTES)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false);
    }
}

package dev.vedette.alerting.notifier;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * The connection of one message. Whoever waits for the answer ends it, and what is not sent by then
 * never is: a connection that comes about too late carries nothing.
 */
final class OneExchange {
    private boolean isOver;
    private @Nullable HttpConnection connection;

    /**
     * Sends the message, unless nobody waits any more.
     *
     * @throws IllegalArgumentException when a header has a line end
     */
    Future<HttpClientResponse> send(HttpClientRequest request, HttpMessage message) {
        // What goes wrong is told by the future; without handlers it would be in the log as well.
        request.exceptionHandler(broken -> {});
        request.connection().exceptionHandler(broken -> {});
        synchronized (this) {
            connection = request.connection();
            if (isOver) {
                connection.close();
                return Future.failedFuture("too late");
            }
        }
        message.headers().forEach(request::putHeader);
        request.putHeader("user-agent", "Vedette");
        return request.send(Buffer.buffer(message.bytes()));
    }

    /**
     * The beginning of the answer's body, at most that many bytes. A body that breaks off is what
     * has come of it: the status is known, and is the answer.
     */
    static Future<Buffer> read(HttpClientResponse response, int most) {
        Promise<Buffer> whole = Promise.promise();
        Buffer read = Buffer.buffer();
        response.exceptionHandler(broken -> whole.tryComplete(read));
        response.endHandler(end -> whole.tryComplete(read));
        response.handler(chunk -> {
            read.appendBuffer(chunk, 0, Math.min(most - read.length(), chunk.length()));
            if (read.length() >= most) {
                whole.tryComplete(read);
            }
        });
        return whole.future();
    }

    /** Closes the connection, whatever still goes on there. */
    synchronized void end() {
        isOver = true;
        if (connection != null) {
            connection.close();
        }
    }
}

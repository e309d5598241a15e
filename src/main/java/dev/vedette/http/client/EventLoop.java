package dev.vedette.http.client;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.util.function.Supplier;

/**
 * One event loop, for clients that are used by threads which are none: those would open a
 * connection on one loop and listen to it from another, and miss what a server says at once.
 */
public final class EventLoop {
    private final Context context;

    /** A loop of those that the instance has. */
    public EventLoop(Vertx vertx) {
        context = ((VertxInternal) vertx).createEventLoopContext();
    }

    /** Begins that work on the loop; what comes of it, or why it could not begin. */
    public <T> Future<T> run(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        context.runOnContext(
                on -> Future.succeededFuture().compose(begun -> work.get()).onComplete(done));
        return done.future();
    }
}

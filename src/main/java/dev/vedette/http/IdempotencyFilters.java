package dev.vedette.http;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/** Where {@link Idempotency} stands in the way of a marked call that carries a key. */
class IdempotencyFilters {
    private static final String CALL = "vedette.idempotency";

    private final Idempotency idempotency;
    private final CurrentCaller current;

    IdempotencyFilters(Idempotency idempotency, CurrentCaller current) {
        this.idempotency = idempotency;
        this.current = current;
    }

    @TakesIdempotencyKey
    @ServerRequestFilter(readBody = true)
    @SuppressWarnings("deprecation") // what took its place reads forms only
    Uni<@Nullable Response> begin(ContainerRequestContext context) {
        String key = context.getHeaderString(Idempotency.HEADER);
        if (key == null) {
            return Uni.createFrom().nullItem();
        }
        IdempotencyStore.Call call = Idempotency.call(current.caller(), key, parts(context));
        return idempotency
                .begin(call)
                .map(before -> {
                    if (before.isEmpty()) {
                        context.setProperty(CALL, call);
                    }
                    return before.orElse(null);
                });
    }

    private static List<byte[]> parts(ContainerRequestContext context) {
        try {
            byte[] body = context.getEntityStream().readAllBytes();
            context.setEntityStream(new ByteArrayInputStream(body));
            String address = context.getUriInfo().getRequestUri().getRawPath();
            String query = String.valueOf(context.getUriInfo().getRequestUri().getRawQuery());
            return List.of(
                    context.getMethod().getBytes(StandardCharsets.UTF_8),
                    address.getBytes(StandardCharsets.UTF_8),
                    query.getBytes(StandardCharsets.UTF_8),
                    body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TakesIdempotencyKey
    @ServerResponseFilter
    Uni<Void> end(ContainerRequestContext request, ContainerResponseContext response) {
        return request.getProperty(CALL) instanceof IdempotencyStore.Call call
                ? idempotency.end(
                        call, response.getStatus(), response.getHeaders(), response.getEntity())
                : Uni.createFrom().voidItem();
    }
}

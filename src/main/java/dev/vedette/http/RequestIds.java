package dev.vedette.http;

import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The id that ties an answer to the log: the caller's {@code X-Request-Id}, or a new one. */
final class RequestIds {
    static final String HEADER = "X-Request-Id";

    private static final String KEY = "vedette.request_id";
    // what a log line can hold unquoted; anything else is replaced, not cleaned
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    private RequestIds() {}

    /** Gives the request its id and echoes it. */
    static String assign(RoutingContext context) {
        String sent = context.request().getHeader(HEADER);
        String id =
                sent != null && FORM.matcher(sent).matches()
                        ? sent
                        : HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        context.put(KEY, id);
        context.response().putHeader(HEADER, id);
        return id;
    }

    /** The request's id. */
    static String of(RoutingContext context) {
        String id = context.get(KEY);
        return id == null ? assign(context) : id;
    }
}

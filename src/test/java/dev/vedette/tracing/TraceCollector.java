package dev.vedette.tracing;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A collector on this machine that takes OTLP over HTTP, and a service that tells it of requests
 * whose callers ask for it.
 */
public final class TraceCollector implements QuarkusTestResourceLifecycleManager {
    /**
     * Argument of the resource: which share of those that ask for nothing is told; none if absent.
     */
    public static final String SAMPLE_RATIO = "sample-ratio";

    // field numbers of opentelemetry/proto/trace/v1/trace.proto
    private static final int RESOURCE_SPANS = 1;
    private static final int SCOPE_SPANS = 2;
    private static final int SPANS = 2;
    private static final int TRACE_ID = 1;
    private static final int SPAN_ID = 2;
    private static final int PARENT_ID = 4;
    private static final int NAME = 5;

    private static final List<Span> SPANS_SEEN = new CopyOnWriteArrayList<>();

    private @Nullable HttpServer server;
    private String sampleRatio = "0";

    @Override
    public void init(Map<String, String> arguments) {
        sampleRatio = arguments.getOrDefault(SAMPLE_RATIO, sampleRatio);
    }

    /** A span as it came. */
    public record Span(String trace, String id, String parent, String name) {}

    /** All of that name, whatever their trace. */
    public static List<Span> named(String name) {
        return SPANS_SEEN.stream().filter(span -> span.name().equals(name)).toList();
    }

    /** The span of that trace and name that came first. */
    static Optional<Span> find(String trace, String name) {
        return SPANS_SEEN.stream()
                .filter(span -> span.trace().equals(trace) && span.name().equals(name))
                .findFirst();
    }

    /** All of that trace, by name. */
    static List<String> names(String trace) {
        return SPANS_SEEN.stream().filter(s -> s.trace().equals(trace)).map(Span::name).toList();
    }

    @Override
    public Map<String, String> start() {
        try {
            HttpServer started =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            started.createContext("/v1/traces", TraceCollector::take);
            started.start();
            server = started;
            return Map.of(
                    "vedette.tracing.enabled",
                    "true",
                    "vedette.tracing.sample-ratio",
                    sampleRatio,
                    "vedette.tracing.endpoint",
                    "http://127.0.0.1:" + started.getAddress().getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private static void take(HttpExchange exchange) throws IOException {
        UnknownFieldSet request =
                UnknownFieldSet.parseFrom(exchange.getRequestBody().readAllBytes());
        parts(request, RESOURCE_SPANS)
                .flatMap(resource -> parts(resource, SCOPE_SPANS))
                .flatMap(scope -> parts(scope, SPANS))
                .map(TraceCollector::span)
                .forEach(SPANS_SEEN::add);
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private static Stream<UnknownFieldSet> parts(UnknownFieldSet of, int field) {
        return of.getField(field).getLengthDelimitedList().stream().map(TraceCollector::parsed);
    }

    private static UnknownFieldSet parsed(ByteString part) {
        try {
            return UnknownFieldSet.parseFrom(part);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Span span(UnknownFieldSet of) {
        return new Span(
                hex(of, TRACE_ID),
                hex(of, SPAN_ID),
                hex(of, PARENT_ID),
                of.getField(NAME).getLengthDelimitedList().getFirst().toStringUtf8());
    }

    private static String hex(UnknownFieldSet of, int field) {
        return of.getField(field).getLengthDelimitedList().stream()
                .map(id -> HexFormat.of().formatHex(id.toByteArray()))
                .findFirst()
                .orElse("");
    }
}

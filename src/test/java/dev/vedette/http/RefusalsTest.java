package dev.vedette.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private final Refusals refusals = new Refusals(List.of());

    @Test
    void bodyRefusedWhileItWasReadIsNoFaultOfTheService() {
        List<String> errors = new ArrayList<>();
        ProblemException problem =
                recording(errors, () -> refusals.of(new IOException("too large"), answered(413)));
        assertEquals(ProblemKind.PAYLOAD_TOO_LARGE, problem.kind());
        assertEquals(List.of(), errors);
    }

    @Test
    void failureBeforeAnAnswerIsLoggedAsAFaultOfTheService() {
        List<String> errors = new ArrayList<>();
        ProblemException problem =
                recording(errors, () -> refusals.of(new IOException("disk gone"), answered(0)));
        assertEquals(ProblemKind.INTERNAL_ERROR, problem.kind());
        assertEquals(1, errors.size());
    }

    private interface Refusing {
        ProblemException refuse();
    }

    private static ProblemException recording(List<String> errors, Refusing refusing) {
        Logger logger = Logger.getLogger(Refusals.class.getName());
        Handler recorder =
                new Handler() {
                    @Override
                    public void publish(LogRecord entry) {
                        if (entry.getLevel().intValue() >= Level.SEVERE.intValue()) {
                            errors.add(entry.getMessage());
                        }
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        logger.addHandler(recorder);
        try {
            return refusing.refuse();
        } finally {
            logger.removeHandler(recorder);
        }
    }

    /** A request that was answered with that status; with 0, not yet. */
    private static RoutingContext answered(int status) {
        HttpServerResponse response =
                fake(
                        HttpServerResponse.class,
                        Map.of("ended", status > 0, "getStatusCode", status));
        HttpServerRequest request =
                fake(HttpServerRequest.class, Map.of("method", HttpMethod.POST));
        return fake(
                RoutingContext.class,
                Map.of(
                        "response",
                        response,
                        "request",
                        request,
                        "normalizedPath",
                        "/api/v1/metrics",
                        "get",
                        "request-1"));
    }

    private static <T> T fake(Class<T> type, Map<String, Object> answers) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, _) -> answers.get(method.getName())));
    }
}

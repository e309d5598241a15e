package dev.vedette.transaction.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vedette.http.Problem;
import dev.vedette.http.ProblemException;
import dev.vedette.http.ProblemKind;
import io.micrometer.core.instrument.Counter;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One connection: takes messages, and answers each transaction with a message of its own. At most a
 * few messages are under way; beyond, and while the other side does not read its answers, nothing
 * more is read. All state belongs to the connection's event loop.
 */
final class TransactionSocket {
    // RFC 6455, section 7.4.1
    private static final short GOING_AWAY = 1001;
    private static final short UNSUPPORTED_DATA = 1003;
    private static final short INVALID_DATA = 1007;
    private static final short POLICY_VIOLATION = 1008;
    private static final short TOO_BIG = 1009;

    private final ServerWebSocket socket;
    private final Context loop;
    private final Function<String, Uni<List<TransactionJson.Item>>> take;
    private final Function<Throwable, ProblemException> problems;
    private final ObjectMapper json;
    private final int mostInFlight;
    private final Counter messages;
    private long number;
    private int inFlight;

    /**
     * Of an open socket.
     *
     * @param take takes a message in
     * @param problems what a failure of that means to the sender
     * @param mostInFlight messages under way at most
     */
    TransactionSocket(
            ServerWebSocket socket,
            Context loop,
            Function<String, Uni<List<TransactionJson.Item>>> take,
            Function<Throwable, ProblemException> problems,
            ObjectMapper json,
            int mostInFlight,
            Counter messages) {
        this.socket = socket;
        this.loop = loop;
        this.take = take;
        this.problems = problems;
        this.json = json;
        this.mostInFlight = mostInFlight;
        this.messages = messages;
    }

    /**
     * What became of one transaction.
     *
     * @param message number of its message on this connection, from 1
     * @param item its place in that message, from 0
     * @param result as in the answer to a POST
     */
    record Answer(
            long message,
            int item,
            @com.fasterxml.jackson.annotation.JsonUnwrapped TransactionJson.Item result) {}

    /** A message of which nothing was taken in, or nothing is known to be. */
    record Refusal(long message, String status, Cause problem) {}

    /** Why: problem details of RFC 9457, and when to send the message again, if that helps. */
    record Cause(
            URI type,
            String title,
            int status,
            String detail,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Long> retryAfterSeconds,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Problem.Violation> errors) {}

    /** Begins to read. */
    void begin() {
        socket.textMessageHandler(this::message);
        socket.binaryMessageHandler(_ -> close(UNSUPPORTED_DATA, "send text messages of JSON"));
        socket.exceptionHandler(_ -> close(TOO_BIG, "a message has more bytes than are taken"));
        socket.drainHandler(_ -> flow());
    }

    /** Ends it because the service does. */
    void goAway() {
        close(GOING_AWAY, "the service stops; connect again");
    }

    private void message(String text) {
        messages.increment();
        long mine = ++number;
        inFlight++;
        flow();
        Uni.createFrom()
                .deferred(() -> take.apply(text))
                .emitOn(work -> loop.runOnContext(_ -> work.run()))
                .subscribe()
                .with(
                        items -> {
                            for (int i = 0; i < items.size(); i++) {
                                send(new Answer(mine, i, items.get(i)));
                            }
                            done();
                        },
                        failure -> {
                            refuse(mine, problems.apply(failure));
                            done();
                        });
    }

    private void done() {
        inFlight--;
        flow();
    }

    private void flow() {
        if (socket.isClosed()) {
            return;
        }
        if (inFlight >= mostInFlight || socket.writeQueueFull()) {
            socket.pause();
        } else {
            socket.resume();
        }
    }

    private void refuse(long message, ProblemException problem) {
        ProblemKind kind = problem.kind();
        String detail = String.valueOf(problem.getMessage());
        send(
                new Refusal(
                        message,
                        "refused",
                        new Cause(
                                kind.type(),
                                kind.title(),
                                kind.status(),
                                detail,
                                problem.retryAfter()
                                        .map(Duration::toSeconds)
                                        .map(s -> Math.max(1, s)),
                                problem.errors())));
        switch (kind) {
            case UNAUTHENTICATED, FORBIDDEN, NO_TENANT, TENANT_MISMATCH, CROSS_SITE ->
                    close(POLICY_VIOLATION, detail);
            case PAYLOAD_TOO_LARGE -> close(TOO_BIG, detail);
            case MALFORMED_REQUEST, INVALID_REQUEST -> close(INVALID_DATA, detail);
            default -> {}
        }
    }

    private void send(Object answer) {
        if (!socket.isClosed()) {
            try {
                // whoever is gone by now finds what was decided under the same id
                var _ = socket.writeTextMessage(json.writeValueAsString(answer));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("an answer is plain texts and numbers", e);
            }
        }
    }

    private void close(short code, String reason) {
        if (!socket.isClosed()) {
            // a control frame holds 125 bytes, two of them the code
            String cut = reason.length() <= 40 ? reason : reason.substring(0, 39) + "…";
            var _ = socket.close(code, cut);
        }
    }
}

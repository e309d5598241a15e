package dev.vedette.alerting.notifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.alerting.Answer;
import dev.vedette.alerting.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSenderTest {
    private final TestReceiver receiver = new TestReceiver("127.0.0.1");
    private final TestSender test = new TestSender(Duration.ofMillis(1500));
    private final HttpSender http = test.here();

    @AfterEach
    void close() {
        receiver.close();
        test.close();
    }

    private Answer post(String path) {
        return http.post(message(receiver.url() + path)).answer(Optional.of("ref"));
    }

    private static HttpMessage message(String url) {
        return HttpMessage.json(
                url, "application/json", "{}", Optional.of(new Secret("token-abc")));
    }

    @Test
    void messageArrivesAsItIs() {
        assertEquals(new Answer.Delivered(200, "ok", Optional.of("ref")), post("/a/b?c=d%20e"));
        TestReceiver.Got got = receiver.last();
        assertEquals("POST", got.method());
        assertEquals("/a/b?c=d%20e", got.uri());
        assertEquals("127.0.0.1:" + receiver.port(), got.headers().get("host"));
        assertEquals("application/json", got.headers().get("content-type"));
        assertEquals("Bearer token-abc", got.headers().get("authorization"));
        assertEquals("{}", got.body());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void everySuccessIsADelivery(int status) {
        receiver.then(status, "");
        assertInstanceOf(Answer.Delivered.class, post("/"));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 599})
    void troubleOfTheOtherSideIsTriedAgain(int status) {
        receiver.then(status, "later");
        assertEquals(new Answer.Retry(status, "later", Optional.empty()), post("/"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 410, 413, 422})
    void refusalIsFinal(int status) {
        receiver.then(status, "no");
        assertEquals(new Answer.Refused(status, "no"), post("/"));
    }

    @ParameterizedTest
    @CsvSource({
        "120, PT2M",
        "0, PT0S",
        "999999999, PT24H",
        "'Sat, 21 Nov 2026 18:12:00 GMT', PT2M",
        "'Sat, 21 Nov 2026 18:00:00 GMT', PT0S",
    })
    void waitThatTheOtherSideAsksForIsKept(String header, Duration wait) {
        receiver.then(429, "slow down", "Retry-After", header);
        assertEquals(new Answer.Retry(429, "slow down", Optional.of(wait)), post("/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "soon", "1e9", "99999999999999999999", "Sat, 99 Nov 2026"})
    void waitOfNoFormIsNone(String header) {
        receiver.then(503, "", "Retry-After", header);
        assertEquals(new Answer.Retry(503, "", Optional.empty()), post("/"));
    }

    @Test
    void receiverThatStallsIsLeftInTime() {
        receiver.then(TestReceiver.Reply.STALL, "");
        Answer answer = assertTimeout(Duration.ofSeconds(4), () -> post("/"));
        assertEquals(Answer.NONE, answer.code());
        assertTrue(
                assertInstanceOf(Answer.Retry.class, answer).said().contains("no answer within"));
    }

    @Test
    void receiverThatIsDownIsTriedAgain() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Answer answer = http.post(message("http://127.0.0.1:" + port)).answer(Optional.empty());
        assertEquals(Answer.NONE, assertInstanceOf(Answer.Retry.class, answer).code());
    }

    @Test
    void receiverThatHangsUpIsTriedAgain() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            socket.accept().close();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
            String url = "http://127.0.0.1:" + socket.getLocalPort() + "/";
            assertInstanceOf(Answer.Retry.class, http.post(message(url)).answer(Optional.empty()));
        }
    }

    @Test
    void nameWithoutAnAddressIsTriedAgain() {
        HttpSender lost =
                test.with(host -> {
                    throw new UnknownHostException(host);
                });
        assertInstanceOf(
                Answer.Retry.class,
                lost.post(message("https://hooks.example/")).answer(Optional.empty()));
    }

    @Test
    void longAnswerIsCutAndItsSecretsAreHidden() {
        receiver.then(400, "you sent Bearer token-abc\u0000\n" + "x".repeat(1 << 20));
        String said = post("/").said();
        assertEquals(PlainText.SAID, said.length());
        assertTrue(said.startsWith("you sent Bearer ***  xxx"), said);
        assertFalse(said.contains("token-abc"));
    }

    @Test
    void hugeHeadersOfTheAnswerAreNoDanger() {
        receiver.then(200, "ok", "X-Big", "y".repeat(1 << 20));
        assertInstanceOf(Answer.Retry.class, post("/"));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirectIsNotFollowed(int status) {
        try (TestReceiver trap = new TestReceiver("127.0.0.1")) {
            receiver.then(status, "", "Location", trap.url() + "/latest/meta-data/");
            assertEquals(new Answer.Refused(status, "redirects are not followed"), post("/"));
            receiver.then(status, "", "Location", "http://169.254.169.254/latest/meta-data/");
            assertEquals(new Answer.Refused(status, "redirects are not followed"), post("/"));
            assertEquals(List.of(), trap.got());
        }
    }

    @Test
    void addressOfTheNewFamilyIsReachedByItsUrl() {
        try (TestReceiver six = new TestReceiver("::1")) {
            String url = "http://[::1]:" + six.port() + "/six";
            assertInstanceOf(
                    Answer.Delivered.class, http.post(message(url)).answer(Optional.empty()));
            assertEquals("[::1]:" + six.port(), six.last().headers().get("host"));
        }
    }

    @Test
    void headerWithALineEndIsNotSent() {
        HttpMessage forged =
                new HttpMessage(receiver.url(), Map.of("x-a", "b\r\nx-evil: 1"), "{}", List.of());
        Answer answer = http.post(forged).answer(Optional.empty());
        assertFalse(answer instanceof Answer.Delivered);
        assertEquals(List.of(), receiver.got());
    }
}

package dev.vedette.http.oidc;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * An OpenID Connect provider of a few routes: lets everybody in at once, checks the client, the
 * code and its PKCE verifier, and signs what the test tells it to.
 */
final class SmallProvider implements AutoCloseable {
    static final String CLIENT = "vedette-test";
    static final String SECRET = "a secret of this test only, long enough";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private record Begun(String nonce, String challenge) {}

    private final HttpServer server;
    private final KeyPair keys = rsa();
    private final KeyPair others = rsa();
    private final Map<String, Begun> codes = new ConcurrentHashMap<>();

    /** What the next ID tokens hold beside the usual. */
    volatile UnaryOperator<JwtClaimsBuilder> claims = UnaryOperator.identity();

    /** Whether a key signs that is not published. */
    volatile boolean isForged;

    /** Whether it says no. */
    volatile boolean isRefusing;

    /** Whether every route fails. */
    volatile boolean isDown;

    SmallProvider() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/realm";
    }

    void reset() {
        claims = UnaryOperator.identity();
        isForged = false;
        isRefusing = false;
        isDown = false;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (isDown) {
                send(exchange, 503, "{}");
                return;
            }
            switch (exchange.getRequestURI().getPath()) {
                case "/realm/.well-known/openid-configuration" ->
                        send(exchange, 200, JSON.writeValueAsString(configuration()));
                case "/realm/keys" -> send(exchange, 200, jwks());
                case "/realm/authorize" -> authorize(exchange);
                case "/realm/token" -> token(exchange);
                default -> send(exchange, 404, "{}");
            }
        }
    }

    private Map<String, Object> configuration() {
        return Map.of(
                "issuer", issuer(),
                "authorization_endpoint", issuer() + "/authorize",
                "token_endpoint", issuer() + "/token",
                "jwks_uri", issuer() + "/keys",
                "end_session_endpoint", issuer() + "/logout",
                "id_token_signing_alg_values_supported", List.of("RS256"));
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = form(exchange.getRequestURI().getRawQuery());
        String code = UUID.randomUUID().toString();
        codes.put(code, new Begun(given(asked, "nonce"), given(asked, "code_challenge")));
        String said = isRefusing ? "error=access_denied" : "code=" + code;
        String state = URLEncoder.encode(given(asked, "state"), StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .set("Location", asked.get("redirect_uri") + "?" + said + "&state=" + state);
        send(exchange, 302, "");
    }

    private void token(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> asked = form(body);
        Begun begun = codes.remove(asked.getOrDefault("code", ""));
        String basic =
                Base64.getEncoder()
                        .encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
        boolean knowsTheClient =
                ("Basic " + basic).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        if (begun == null
                || !knowsTheClient
                || !begun.challenge.equals(challenge(given(asked, "code_verifier")))) {
            send(exchange, 400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        Map<String, Object> answer =
                Map.of(
                        "token_type",
                        "Bearer",
                        "access_token",
                        "unused",
                        "expires_in",
                        300,
                        "id_token",
                        idToken(begun.nonce));
        send(exchange, 200, JSON.writeValueAsString(answer));
    }

    private String idToken(String nonce) {
        JwtClaimsBuilder usual =
                Jwt.issuer(issuer())
                        .audience(CLIENT)
                        .subject("4711")
                        .preferredUserName("ann@example.org")
                        .claim("nonce", nonce)
                        .issuedAt(Instant.now())
                        .expiresAt(Instant.now().plusSeconds(300));
        KeyPair signer = isForged ? others : keys;
        return claims.apply(usual).jws().keyId("one").sign(signer.getPrivate());
    }

    private String jwks() throws IOException {
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        return JSON.writeValueAsString(
                Map.of(
                        "keys",
                        List.of(
                                Map.of(
                                        "kty",
                                        "RSA",
                                        "use",
                                        "sig",
                                        "alg",
                                        "RS256",
                                        "kid",
                                        "one",
                                        "n",
                                        base64(key.getModulus()),
                                        "e",
                                        base64(key.getPublicExponent())))));
    }

    private static String base64(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int from = bytes[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Arrays.copyOfRange(bytes, from, bytes.length));
    }

    private static String challenge(String verifier) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> form(String text) {
        return Arrays.stream(text.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(
                        Collectors.toMap(
                                pair -> pair[0],
                                pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    // a provider that demands PKCE and nonce: without them the test fails
    private static String given(Map<String, String> asked, String name) {
        return Objects.requireNonNull(asked.get(name), name);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}

package dev.vedette.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Answers a repeated call as the first time, as draft-ietf-httpapi-idempotency-key-header has it.
 * Only successes are kept: a refused call made nothing and may be repeated as it is. Keys belong to
 * their tenant and subject. Answers are kept encrypted, since some hold a secret.
 */
@ApplicationScoped
class Idempotency {
    /** The header with the key. */
    static final String HEADER = "Idempotency-Key";

    /** The header of an answer that was given before. */
    static final String REPLAYED = "Idempotency-Replayed";

    private static final Logger LOG = Logger.getLogger(Idempotency.class);
    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final List<String> KEPT_HEADERS = List.of("ETag", "Location");

    private final IdempotencyStore store;
    private final ObjectMapper json;
    private final SecretBox box;

    Idempotency(IdempotencyStore store, ObjectMapper json, SigningKeys keys) {
        this.store = store;
        this.json = json;
        this.box = new SecretBox(new SecretKeySpec(keys.derived("idempotency"), "AES"));
    }

    /**
     * The call of that key and request.
     *
     * @param parts of the request: method, address, body
     * @throws ProblemException {@link ProblemKind#INVALID_REQUEST} when the key is not 1 to 255
     *     visible ASCII characters
     */
    static IdempotencyStore.Call call(Caller caller, String key, List<byte[]> parts) {
        if (!FORM.matcher(key).matches()) {
            throw ProblemException.invalid(
                    "",
                    "wrong_form",
                    HEADER + " must be 1 to 255 visible ASCII characters",
                    "send a random UUID for each thing to make");
        }
        String tenant = caller.tenant().map(TenantId::value).orElse("");
        return new IdempotencyStore.Call(
                digest(List.of(bytes(tenant), bytes(caller.subject()), bytes(key))), digest(parts));
    }

    /** The answer that was given before; empty when the call is the first and goes on. */
    Uni<Optional<Response>> begin(IdempotencyStore.Call call) {
        return store.begin(call).map(known -> answer(call, known));
    }

    private Optional<Response> answer(IdempotencyStore.Call call, IdempotencyStore.Known known) {
        return switch (known) {
            case IdempotencyStore.Known.Nothing _ -> Optional.empty();
            case IdempotencyStore.Known.OtherRequest _ ->
                    throw ProblemException.of(
                            ProblemKind.IDEMPOTENCY_KEY_REUSED,
                            "the " + HEADER + " came with another request before");
            case IdempotencyStore.Known.Underway _ ->
                    throw ProblemException.retryable(
                            ProblemKind.CONFLICT,
                            "a request with this " + HEADER + " is under way",
                            Duration.ofSeconds(1));
            case IdempotencyStore.Known.Answered(int status, String sealed) ->
                    Optional.of(replayed(call, status, sealed));
        };
    }

    private Response replayed(IdempotencyStore.Call call, int status, String sealed) {
        try {
            String text = box.open(sealed, place(call)).orElseThrow(Idempotency::otherKey);
            var kept = json.readTree(text);
            Response.ResponseBuilder response = Response.status(status).header(REPLAYED, "true");
            kept.path("headers")
                    .properties()
                    .forEach(
                            header -> response.header(header.getKey(), header.getValue().asText()));
            if (kept.hasNonNull("body")) {
                response.type(MediaType.APPLICATION_JSON_TYPE).entity(kept.path("body").asText());
            }
            return response.build();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("answers are kept as JSON", e);
        }
    }

    // sealed by a service with another signing key
    private static ProblemException otherKey() {
        return ProblemException.of(
                ProblemKind.CONFLICT,
                "a request with this " + HEADER + " was done; its answer cannot be read any more");
    }

    /**
     * Ends a call. That its answer cannot be kept fails nothing: what it made is made.
     *
     * @param entity of the answer; null without
     */
    Uni<Void> end(
            IdempotencyStore.Call call,
            int status,
            MultivaluedMap<String, Object> headers,
            @Nullable Object entity) {
        Uni<Void> kept =
                status >= 200 && status < 300
                        ? store.answered(call, status, sealed(call, headers, entity))
                        : store.failed(call);
        return kept.onFailure()
                .invoke(failure ->
                        LOG.warnf("answer not kept for repetition: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private String sealed(
            IdempotencyStore.Call call,
            MultivaluedMap<String, Object> headers,
            @Nullable Object entity) {
        try {
            ObjectNode kept = json.createObjectNode();
            ObjectNode texts = kept.putObject("headers");
            for (String name : KEPT_HEADERS) {
                Object value = headers.getFirst(name);
                if (value != null) {
                    texts.put(name, value.toString());
                }
            }
            if (entity != null) {
                kept.put(
                        "body",
                        entity instanceof String text ? text : json.writeValueAsString(entity));
            }
            return box.seal(kept.toString(), place(call));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("answers are JSON", e);
        }
    }

    private static String place(IdempotencyStore.Call call) {
        return HexFormat.of().formatHex(call.id());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    // each part behind its length, so that no two lists are one text
    private static byte[] digest(List<byte[]> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(bytes(part.length + ":"));
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

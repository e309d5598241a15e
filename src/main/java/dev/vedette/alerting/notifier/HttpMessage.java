package dev.vedette.alerting.notifier;

import dev.vedette.alerting.Secret;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A POST.
 *
 * @param url where, not yet looked at by anybody
 * @param headers names and values of one line each
 * @param body as sent, not modified
 * @param secrets must not come back in what is kept of the answer
 */
record HttpMessage(String url, Map<String, String> headers, String body, List<Secret> secrets) {
    /** Copies the collections. */
    HttpMessage {
        headers = Map.copyOf(headers);
        secrets = List.copyOf(secrets);
    }

    /** JSON, of that media type, opened by a bearer token when there is one. */
    static HttpMessage json(String url, String mediaType, String body, Optional<Secret> token) {
        Map<String, String> headers = new HashMap<>(Map.of("content-type", mediaType));
        token.ifPresent(secret -> headers.put("authorization", "Bearer " + secret.value()));
        return new HttpMessage(url, headers, body, token.stream().toList());
    }

    /** The same with another header. */
    HttpMessage with(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new HttpMessage(url, more, body, secrets);
    }

    /** The bytes of the body. */
    byte[] bytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}

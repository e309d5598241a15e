package dev.vedette.alerting;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs messages so that who gets them can tell that they are ours, unchanged and not sent again by
 * somebody else: HMAC-SHA-256 over id, time and body.
 *
 * <p>Source: the Standard Webhooks specification 1.0.0, "Symmetric signature scheme".
 */
public final class WebhookSignature {
    private static final String PREFIX = "whsec_";
    private static final int SECRET_BYTES = 32;
    private static final int LEAST_BYTES = 24;
    private static final int MOST_BYTES = 64;

    private WebhookSignature() {}

    /** A new secret: {@code whsec_} and 32 random bytes in Base64. */
    public static String newSecret(SecureRandom random) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    /**
     * Checks a secret that a person brings.
     *
     * @throws IllegalArgumentException when it is not {@code whsec_} and 24 to 64 bytes in Base64;
     *     the message does not hold it
     */
    public static void requireSecret(String secret) {
        key(secret);
    }

    /**
     * The headers that go with a message.
     *
     * @param id of the message, the same on every try: the receiver's idempotency key
     * @param at when it is sent
     * @param body as sent
     * @param secrets the live ones, at least one; two while one replaces the other: the receiver
     *     may know either
     */
    public static Map<String, String> headers(
            String id, Instant at, byte[] body, List<String> secrets) {
        String time = Long.toString(at.getEpochSecond());
        return Map.of(
                "webhook-id", id,
                "webhook-timestamp", time,
                "webhook-signature",
                        secrets.stream()
                                .map(secret -> "v1," + sign(id, time, body, secret))
                                .collect(Collectors.joining(" ")));
    }

    private static String sign(String id, String time, byte[] body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key(secret), "HmacSHA256"));
            mac.update((id + "." + time + ".").getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static byte[] key(String secret) {
        if (secret.startsWith(PREFIX)) {
            try {
                byte[] key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
                if (key.length >= LEAST_BYTES && key.length <= MOST_BYTES) {
                    return key;
                }
            } catch (IllegalArgumentException notBase64) {
                // said below, without the secret
            }
        }
        throw new IllegalArgumentException(
                "a webhook secret must be whsec_ and "
                        + LEAST_BYTES
                        + " to "
                        + MOST_BYTES
                        + " bytes in Base64");
    }
}

package dev.vedette.alerting;

import dev.vedette.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * What a link in a message allows whoever holds it: one action on one incident until it expires. As
 * text it is signed (HMAC-SHA-256), so it can be neither made nor turned into another.
 *
 * @param tenant whose
 * @param incident which
 * @param action what
 * @param route whose message it came with: who is said to have answered
 * @param expiresAt until when, in whole seconds
 */
public record FeedbackLink(
        TenantId tenant, UUID incident, FeedbackAction action, String route, Instant expiresAt) {
    private static final int TAG = 32;
    private static final int LONGEST = 600;
    private static final String SEPARATOR = "\n";

    /** The signed text: letters, digits, - and _. */
    public String sign(SecretKey key) {
        byte[] body =
                String.join(
                                SEPARATOR,
                                tenant.value(),
                                incident.toString(),
                                action.label(),
                                route,
                                Long.toString(expiresAt.getEpochSecond()))
                        .getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(tag(key, body), TAG + body.length);
        System.arraycopy(body, 0, all, TAG, body.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    /** The link of a text that this key signed, expired or not; empty for any other text. */
    public static Optional<FeedbackLink> read(String text, SecretKey key) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            byte[] all = Base64.getUrlDecoder().decode(text);
            if (all.length <= TAG) {
                return Optional.empty();
            }
            byte[] body = Arrays.copyOfRange(all, TAG, all.length);
            if (!MessageDigest.isEqual(tag(key, body), Arrays.copyOf(all, TAG))) {
                return Optional.empty();
            }
            String[] parts = new String(body, StandardCharsets.UTF_8).split(SEPARATOR, -1);
            return Optional.of(
                    new FeedbackLink(
                            new TenantId(parts[0]),
                            UUID.fromString(parts[1]),
                            FeedbackAction.valueOf(parts[2].toUpperCase(Locale.ROOT)),
                            parts[3],
                            Instant.ofEpochSecond(Long.parseLong(parts[4]))));
        } catch (IllegalArgumentException e) {
            // not Base64: refused like any other forgery
            return Optional.empty();
        }
    }

    private static byte[] tag(SecretKey key, byte[] body) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + key.getAlgorithm(), e);
        }
    }
}

package dev.vedette.http;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Opaque cursors of lists. A cursor holds a place in an order and is signed together with what the
 * list was asked for (route, tenant, filters), so that it cannot be altered, nor used for another
 * question. Thread-safe: a {@link Mac} is made per use.
 */
@ApplicationScoped
public class Cursors {
    private static final String MAC = "HmacSHA256";
    private static final int TAG = 16;
    private static final int MOST_CHARACTERS = 2000;
    private static final char SEPARATOR = '\u001f';

    private final SecretKeySpec key;

    Cursors(SigningKeys keys) {
        this.key = new SecretKeySpec(mac(rootKey(keys), "cursors"), MAC);
    }

    /**
     * The cursor of a place.
     *
     * @param question what is listed: route, tenant and every filter, in a fixed order; the same
     *     when the cursor comes back
     * @param place where the next page starts after, one or more texts
     */
    public String encode(List<?> question, List<String> place) {
        byte[] body = join(place).getBytes(StandardCharsets.UTF_8);
        byte[] cursor = Arrays.copyOf(tag(question, body), TAG + body.length);
        System.arraycopy(body, 0, cursor, TAG, body.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor);
    }

    /**
     * The place of a cursor.
     *
     * @param question what is listed, as given to {@link #encode}
     * @param cursor as the caller sent it; empty on the first page
     * @return as given to {@link #encode}; empty on the first page
     * @throws ProblemException {@link ProblemKind#BAD_CURSOR} when the cursor is not one of this
     *     service for this question
     */
    public Optional<List<String>> decode(List<?> question, Optional<String> cursor) {
        return cursor.map(text -> decode(question, text));
    }

    /**
     * The cursor of a place in an order by time and then id.
     *
     * @param question as in {@link #encode(List, List)}
     */
    public String encode(List<?> question, Instant time, UUID id) {
        return encode(question, List.of(time.toString(), id.toString()));
    }

    /**
     * The place of such a cursor.
     *
     * @param place makes it of time and id
     * @return empty on the first page
     * @throws ProblemException as {@link #decode(List, Optional)} does
     */
    public <P> Optional<P> decode(
            List<?> question, Optional<String> cursor, BiFunction<Instant, UUID, P> place) {
        return decode(question, cursor)
                .map(parts -> {
                    try {
                        return place.apply(
                                Instant.parse(parts.get(0)), UUID.fromString(parts.get(1)));
                    } catch (DateTimeException
                            | IllegalArgumentException
                            | IndexOutOfBoundsException e) {
                        throw refused();
                    }
                });
    }

    private List<String> decode(List<?> question, String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw refused();
        }
        try {
            byte[] cursor = Base64.getUrlDecoder().decode(text);
            if (cursor.length >= TAG) {
                byte[] body = Arrays.copyOfRange(cursor, TAG, cursor.length);
                byte[] tag = Arrays.copyOf(cursor, TAG);
                if (MessageDigest.isEqual(tag, Arrays.copyOf(tag(question, body), TAG))) {
                    String place = new String(body, StandardCharsets.UTF_8);
                    return List.of(place.split(String.valueOf(SEPARATOR), -1));
                }
            }
        } catch (IllegalArgumentException e) {
            // not Base64: refused like any other forgery
        }
        throw refused();
    }

    private byte[] tag(List<?> question, byte[] body) {
        // the place is hashed as hexadecimal, so no text of a filter can reach into it
        return mac(key, body.length + ":" + hex(body) + ":" + join(question));
    }

    private static String hex(byte[] body) {
        return HexFormat.of().formatHex(body);
    }

    // the separator is a control character, which no filter and no id may hold
    private static String join(List<?> parts) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            text.append(i == 0 ? "" : SEPARATOR).append(parts.get(i));
        }
        return text.toString();
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + MAC, e);
        }
    }

    // replicas that share the signing key understand each other's cursors
    private static SecretKeySpec rootKey(SigningKeys keys) {
        return new SecretKeySpec(keys.privateKey().getEncoded(), MAC);
    }

    private static ProblemException refused() {
        return ProblemException.of(
                ProblemKind.BAD_CURSOR,
                "the cursor was not issued for this list with these filters; start again without"
                        + " cursor");
    }
}

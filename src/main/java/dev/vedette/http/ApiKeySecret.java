package dev.vedette.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The secret text of an API key: {@code vdt_<id>_<random>_<checksum>}. The fixed start and the
 * checksum let a scanner of leaked secrets, and this service, tell a real key from a lookalike
 * without asking the store.
 *
 * @param id names the key in lists and in the store, 8 characters of {@code a-z2-7}; no secret
 * @param text the whole secret
 */
public record ApiKeySecret(String id, String text) {
    /** What every key starts with. */
    public static final String START = "vdt_";

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final Pattern FORM =
            Pattern.compile("vdt_([a-z2-7]{8})_([a-z2-7]{40})_([a-z2-7]{7})");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new secret with 200 random bits. */
    public static ApiKeySecret generate() {
        String id = random(8);
        String body = START + id + "_" + random(40);
        return new ApiKeySecret(id, body + "_" + checksum(body));
    }

    /** The secret of that text; empty when its form or checksum is wrong. */
    public static Optional<ApiKeySecret> parse(String text) {
        var match = FORM.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        String body = text.substring(0, text.lastIndexOf('_'));
        return checksum(body).equals(match.group(3))
                ? Optional.of(new ApiKeySecret(match.group(1), text))
                : Optional.empty();
    }

    /**
     * The SHA-256 of the text, which is what the store keeps. A slow hash would add nothing: 200
     * random bits cannot be guessed.
     */
    public byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Names the key without its secret. */
    @Override
    public String toString() {
        return START + id + "_…";
    }

    private static String random(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        StringBuilder text = new StringBuilder(7);
        for (int shift = 30; shift >= 0; shift -= 5) {
            text.append(ALPHABET.charAt((int) (crc.getValue() >>> shift) & 31));
        }
        return text.toString();
    }
}

package dev.vedette.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts texts for one place, so that one copied to another place does not open: AES-256-GCM with
 * a random nonce of 96 bits and the place as additional data (NIST SP 800-38D).
 */
public final class SecretBox {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final byte VERSION = 1;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    /** With that key, 256 bits. */
    public SecretBox(SecretKey key) {
        this.key = key;
    }

    /** The text, encrypted for that place, in Base64. */
    public String seal(String text, String place) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, nonce, place)
                            .doFinal(text.getBytes(StandardCharsets.UTF_8));
            ByteBuffer all = ByteBuffer.allocate(1 + NONCE + sealed.length);
            return Base64.getEncoder()
                    .encodeToString(all.put(VERSION).put(nonce).put(sealed).array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + CIPHER, e);
        }
    }

    /** The text sealed for that place; empty when it was sealed elsewhere or with another key. */
    public Optional<String> open(String sealed, String place) {
        try {
            ByteBuffer all = ByteBuffer.wrap(Base64.getDecoder().decode(sealed));
            if (all.remaining() <= 1 + NONCE || all.get() != VERSION) {
                return Optional.empty();
            }
            byte[] nonce = new byte[NONCE];
            all.get(nonce);
            byte[] rest = new byte[all.remaining()];
            all.get(rest);
            byte[] text = cipher(Cipher.DECRYPT_MODE, nonce, place).doFinal(rest);
            return Optional.of(new String(text, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}

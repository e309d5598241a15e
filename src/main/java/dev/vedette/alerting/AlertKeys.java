package dev.vedette.alerting;

import dev.vedette.http.SigningKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The keys of alerting. Replicas that share the signing key, or the setting, have the same. */
@ApplicationScoped
class AlertKeys {
    private static final String MAC = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKey seal;
    private final SecretKey links;

    AlertKeys(AlertingConfig config, SigningKeys keys) {
        this.seal =
                new SecretKeySpec(
                        config.secretKey()
                                .map(AlertKeys::decoded)
                                .orElseGet(() -> derived(keys, "alerting secrets")),
                        "AES");
        this.links = new SecretKeySpec(derived(keys, "alerting links"), MAC);
    }

    /** Encrypts the secrets of channels. */
    SecretKey seal() {
        return seal;
    }

    /** Signs the links in messages. */
    SecretKey links() {
        return links;
    }

    private static byte[] decoded(String text) {
        try {
            byte[] key = Base64.getDecoder().decode(text.strip());
            if (key.length == KEY_BYTES) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // said below, without the key
        }
        throw new IllegalStateException("vedette.alerting.secret-key must be 32 bytes in Base64");
    }

    private static byte[] derived(SigningKeys keys, String purpose) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(keys.privateKey().getEncoded(), MAC));
            return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + MAC, e);
        }
    }
}

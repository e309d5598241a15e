package dev.vedette.alerting;

import dev.vedette.http.SigningKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Base64;
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
                                .orElseGet(() -> keys.derived("alerting secrets")),
                        "AES");
        this.links = new SecretKeySpec(keys.derived("alerting links"), MAC);
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
}

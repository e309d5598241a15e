package dev.vedette.alerting;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSignatureTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

    /** The example that the specification's reference libraries test with. */
    @Test
    void signatureIsThatOfTheSpecificationsExample() {
        Map<String, String> headers =
                WebhookSignature.headers(
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        Instant.ofEpochSecond(1614265330),
                        BODY,
                        List.of(SECRET));
        assertEquals("msg_p5jXN8AQM9LWM0D4loKWxJek", headers.get("webhook-id"));
        assertEquals("1614265330", headers.get("webhook-timestamp"));
        assertEquals(
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                headers.get("webhook-signature"));
    }

    @Test
    void twoLiveSecretsGiveTwoSignatures() {
        String second = WebhookSignature.newSecret(new SecureRandom());
        Instant at = Instant.ofEpochSecond(1614265330);
        String one = signature(at, List.of(SECRET));
        String other = signature(at, List.of(second));
        assertEquals(one + " " + other, signature(at, List.of(SECRET, second)));
    }

    @Test
    void newSecretIsOneAndIsNeverTheSame() {
        String secret = WebhookSignature.newSecret(new SecureRandom());
        assertDoesNotThrow(() -> WebhookSignature.requireSecret(secret));
        assertFalse(secret.equals(WebhookSignature.newSecret(new SecureRandom())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hunter2", "whsec_", "whsec_c2hvcnQ=", "whsec_***"})
    void malformedSecretIsRefusedWithoutShowingIt(String secret) {
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> WebhookSignature.requireSecret(secret));
        assertEquals(
                "a webhook secret must be whsec_ and 24 to 64 bytes in Base64",
                refused.getMessage());
    }

    private static String signature(Instant at, List<String> secrets) {
        return String.valueOf(
                WebhookSignature.headers("id", at, BODY, secrets).get("webhook-signature"));
    }
}

package dev.vedette.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.http.oidc.OidcConfig;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SignInTest {
    @TempDir Path folder;

    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private final SignInGuard guard = new SignInGuard(() -> now);

    @Test
    void fifthFailureLocksTheNameAndEachFurtherOneTwiceAsLong() {
        for (int i = 0; i < 4; i++) {
            guard.failed("ann");
            assertTrue(guard.locked("ann").isEmpty());
        }
        guard.failed("ann");
        assertEquals(Duration.ofSeconds(30), guard.locked("ann").orElseThrow());
        guard.failed("ann");
        assertEquals(Duration.ofSeconds(60), guard.locked("ann").orElseThrow());
        assertTrue(guard.locked("bob").isEmpty());
    }

    @Test
    void lockNeverExceedsAQuarterOfAnHourAndEnds() {
        for (int i = 0; i < 50; i++) {
            guard.failed("ann");
        }
        assertEquals(Duration.ofMinutes(15), guard.locked("ann").orElseThrow());
        now = now.plus(Duration.ofMinutes(15));
        assertTrue(guard.locked("ann").isEmpty());
    }

    @Test
    void successForgetsTheFailures() {
        for (int i = 0; i < 4; i++) {
            guard.failed("ann");
        }
        guard.succeeded("ann");
        guard.failed("ann");
        assertTrue(guard.locked("ann").isEmpty());
    }

    @Test
    void passwordsOpenNothingWhereTheyAreSwitchedOffAndAlwaysWithoutAProvider() {
        SignIn off =
                signIn(
                        Map.of(
                                "vedette.oidc.issuer", "https://id.example.org",
                                "vedette.oidc.local-sign-in", "false"));
        ProblemException refused =
                assertThrows(ProblemException.class, () -> off.token("ann", "four plain words"));
        assertEquals(ProblemKind.FORBIDDEN, refused.kind());
        assertFalse(off.takesPasswords());
        assertTrue(signIn(Map.of("vedette.oidc.local-sign-in", "false")).takesPasswords());
        assertTrue(
                signIn(Map.of("vedette.oidc.issuer", "https://id.example.org")).takesPasswords());
    }

    private SignIn signIn(Map<String, String> settings) {
        SmallRyeConfig config =
                new SmallRyeConfigBuilder()
                        .withMapping(OidcConfig.class)
                        .withMapping(HttpConfig.class)
                        .withConverter(MemorySize.class, 100, new MemorySizeConverter())
                        .withDefaultValues(settings)
                        .build();
        HttpConfig http = config.getConfigMapping(HttpConfig.class);
        TokenIssuer issuer =
                new TokenIssuer(SigningKeys.ensure(folder), http.issuer(), http.audience());
        return new SignIn(
                new InMemoryUserStore(),
                guard,
                issuer,
                http,
                () -> now,
                config.getConfigMapping(OidcConfig.class));
    }

    @Test
    void passwordMatchesItsHashOnly() {
        String hash = Passwords.hash("four plain words here");
        assertTrue(Passwords.matches("four plain words here", hash));
        assertFalse(Passwords.matches("four plain words hers", hash));
        assertFalse(Passwords.matches("x".repeat(73), hash));
    }

    @Test
    void passwordThatIsTooShortOrWouldBeCutIsRefusedWithoutRepeatingIt() {
        for (String password : new String[] {"short-words", "ä".repeat(37)}) {
            ProblemException e =
                    assertThrows(
                            ProblemException.class, () -> Passwords.checked("/password", password));
            assertFalse(String.valueOf(e.getMessage()).contains(password));
        }
    }

    @Test
    void generatedPasswordMayBeChosen() {
        String password = Passwords.generate();
        assertEquals(password, Passwords.checked("/password", password));
    }
}

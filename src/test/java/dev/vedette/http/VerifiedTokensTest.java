package dev.vedette.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerifiedTokensTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Caller CALLER =
            new Caller(
                    Optional.of(new TenantId("shop")),
                    "ann",
                    Set.of(Role.EDITOR),
                    Caller.Credential.TOKEN);

    private Instant now = NOW;
    private final InstantSource clock = () -> now;
    private final VerifiedTokens tokens = new VerifiedTokens(clock);

    @Test
    void aTokenIsBelievedUntilItsLifeHereEnds() {
        tokens.remember("token", CALLER, NOW.plusSeconds(3_600));
        now = NOW.plus(VerifiedTokens.LIFE).minusMillis(1);
        assertEquals(Optional.of(CALLER), tokens.find("token", Caller.Credential.TOKEN));
        now = NOW.plus(VerifiedTokens.LIFE);
        assertEquals(Optional.empty(), tokens.find("token", Caller.Credential.TOKEN));
    }

    @Test
    void aTokenIsNeverBelievedBeyondItsOwnEnd() {
        tokens.remember("token", CALLER, NOW.plusSeconds(5));
        now = NOW.plusSeconds(4);
        assertEquals(Optional.of(CALLER), tokens.find("token", Caller.Credential.TOKEN));
        now = NOW.plusSeconds(5);
        assertEquals(Optional.empty(), tokens.find("token", Caller.Credential.TOKEN));
    }

    @Test
    void anotherTokenOrAnotherWayToShowItIsNotKnown() {
        tokens.remember("token", CALLER, NOW.plusSeconds(60));
        assertEquals(Optional.empty(), tokens.find("token2", Caller.Credential.TOKEN));
        assertEquals(Optional.empty(), tokens.find("token", Caller.Credential.SESSION));
    }
}

package dev.vedette.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CredentialMemoryTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private Instant now = NOW;
    private final CredentialMemory<Integer> memory = new CredentialMemory<>(() -> now);

    @Test
    void whatIsNotedIsKnownUntilItsEnd() {
        assertTrue(memory.isEmpty());
        memory.remember("key", 1, NOW.plusSeconds(5));
        now = NOW.plusMillis(4_999);
        assertEquals(Optional.of(1), memory.find("key"));
        assertEquals(Optional.empty(), memory.find("other"));
        now = NOW.plusSeconds(5);
        assertEquals(Optional.empty(), memory.find("key"));
    }

    @Test
    void itForgetsRatherThanGrowWithEveryCredentialThatIsMadeUp() {
        for (int i = 0; i <= 10_000; i++) {
            memory.remember("key" + i, i, NOW.plusSeconds(5));
        }
        assertEquals(Optional.empty(), memory.find("key0"));
        assertEquals(Optional.of(10_000), memory.find("key10000"));
    }
}

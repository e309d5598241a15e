package dev.vedette.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FewAtOnceTest {
    @Test
    void oneMoreThanMayIsToldToComeBackAndEveryPlaceIsGivenBack() {
        FewAtOnce two = new FewAtOnce(2, Duration.ofMillis(1), "sign-ins");
        for (int round = 0; round < 3; round++) {
            ProblemException refusal =
                    assertThrows(
                            ProblemException.class,
                            () -> two.run(() -> two.run(() -> two.run(() -> "a third"))));
            assertEquals(ProblemKind.TOO_MANY_REQUESTS, refusal.kind());
            assertEquals("too many sign-ins at once", refusal.getMessage());
            assertEquals(Optional.of(Duration.ofMillis(1)), refusal.retryAfter());
        }
        assertEquals("both", two.run(() -> two.run(() -> "both")));
    }

    @Test
    void whoIsInterruptedGetsNoPlaceAndStaysInterrupted() {
        FewAtOnce one = new FewAtOnce(1, Duration.ofHours(1), "sign-ins");
        Thread.currentThread().interrupt();
        assertThrows(ProblemException.class, () -> one.run(() -> "never"));
        assertEquals(true, Thread.interrupted());
        assertEquals("now", one.run(() -> "now"));
    }
}

package dev.vedette.alerting;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When to try again: 5 s after the first try, twice as long after each, at most half an hour, each
 * between half and all of that by chance, so that what failed together does not come back together
 * (M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015, "equal jitter").
 *
 * @param giveUpAfter how long after the first try it is tried at all
 */
record RetryPlan(Duration giveUpAfter) {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final Duration LONGEST_ASKED = Duration.ofHours(6);
    private static final int MOST_DOUBLINGS = 10;

    /**
     * When the next try begins; empty when it is given up.
     *
     * @param attempts tries so far, at least 1
     * @param since when the first began
     * @param asked how long the other side asks to be left alone
     * @param chance in [0,1)
     */
    Optional<Instant> next(
            int attempts, Instant since, Instant now, Optional<Duration> asked, double chance) {
        long doubled = FIRST.toMillis() << Math.min(attempts - 1, MOST_DOUBLINGS);
        long whole = Math.min(doubled, LONGEST.toMillis());
        Duration wait = Duration.ofMillis(Math.round(whole * (0.5 + chance / 2)));
        Duration longer =
                asked.filter(pause -> pause.compareTo(wait) > 0)
                        .map(pause -> pause.compareTo(LONGEST_ASKED) < 0 ? pause : LONGEST_ASKED)
                        .orElse(wait);
        Instant next = now.plus(longer);
        return next.isAfter(since.plus(giveUpAfter)) ? Optional.empty() : Optional.of(next);
    }
}

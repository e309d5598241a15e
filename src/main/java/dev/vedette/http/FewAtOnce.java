package dev.vedette.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Lets so many do expensive work at once; who comes then waits a moment, and is refused. */
final class FewAtOnce {
    private final Semaphore places;
    private final Duration patience;
    private final String what;

    /**
     * One with all places free.
     *
     * @param most how many at once, above 0
     * @param patience how long one waits for a place; also when to come back
     * @param what the work, in the plural, for those that are refused
     */
    FewAtOnce(int most, Duration patience, String what) {
        this.places = new Semaphore(most, true);
        this.patience = patience;
        this.what = what;
    }

    /**
     * Does the work in a place of its own. Blocks: for virtual threads.
     *
     * @throws ProblemException {@link ProblemKind#TOO_MANY_REQUESTS} when none became free
     */
    <T> T run(Supplier<T> work) {
        if (!isPlaced()) {
            throw ProblemException.retryable(
                    ProblemKind.TOO_MANY_REQUESTS, "too many " + what + " at once", patience);
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }

    private boolean isPlaced() {
        try {
            return places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

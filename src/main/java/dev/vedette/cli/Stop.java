package dev.vedette.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The end of the process, by Ctrl-C or by itself: what must outlive the service is ended after it.
 * The JVM waits for its hooks only, and Quarkus has one of its own; this one waits for the service.
 */
final class Stop {
    private static final long PATIENCE_SECONDS = 20;

    private final CountDownLatch released = new CountDownLatch(1);
    private final Runnable afterwards;
    private volatile boolean isUnderWay;

    private Stop(Runnable afterwards) {
        this.afterwards = afterwards;
    }

    /** From now on the end waits for {@link #release}, for a while, and then does that. */
    static Stop before(Runnable afterwards) {
        Stop stop = new Stop(afterwards);
        Runtime.getRuntime().addShutdownHook(new Thread(stop::end, "vedette-stop"));
        return stop;
    }

    /** Whether the process is ending. */
    boolean isUnderWay() {
        return isUnderWay;
    }

    /** The service has ended, or was never begun. */
    void release() {
        released.countDown();
    }

    private void end() {
        isUnderWay = true;
        try {
            if (!released.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println(
                        "vedette: the service did not stop within "
                                + PATIENCE_SECONDS
                                + " s; stopping its database all the same");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        afterwards.run();
    }
}

package dev.vedette.detection;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Follows the feed of changed anomalies on a virtual thread, as long as somebody listens. While the
 * database is away it tries again, and then goes on where it was. Thread-safe: one monitor guards
 * its start and end; only its own thread touches the cursor; a thread ends before the next starts.
 */
final class FeedReader {
    private static final Logger LOG = Logger.getLogger(FeedReader.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration TELL_PLACE = Duration.ofMinutes(1);
    private static final int AT_ONCE = 200;

    private final AnomalyFeed feed;
    private final InstantSource clock;
    private final Consumer<AnomalyEvents.Event> listener;
    private CompletableFuture<FeedCursor> begun = new CompletableFuture<>();
    private Optional<FeedCursor> newest = Optional.empty();
    private Instant told = Instant.MIN;
    private volatile Optional<Thread> thread = Optional.empty();

    FeedReader(AnomalyFeed feed, InstantSource clock, Consumer<AnomalyEvents.Event> listener) {
        this.feed = feed;
        this.clock = clock;
        this.listener = listener;
    }

    /** Follows the feed from now on for as long as it is wanted; no effect when it does. */
    synchronized void start(BooleanSupplier wanted) {
        if (thread.isEmpty()) {
            begun = new CompletableFuture<>();
            thread =
                    Optional.of(
                            Thread.ofVirtual().name("anomaly-feed").start(() -> follow(wanted)));
        }
    }

    /** The place it follows the feed from, once it knows. */
    synchronized Uni<FeedCursor> begun() {
        return Uni.createFrom().completionStage(begun);
    }

    /** Something changed in this very process: no need to wait. */
    void lookNow() {
        thread.ifPresent(LockSupport::unpark);
    }

    private void follow(BooleanSupplier wanted) {
        boolean failing = false;
        while (isWanted(wanted)) {
            try {
                failing = false;
                while (advance() == AT_ONCE) {
                    // until there is nothing more
                }
            } catch (RuntimeException e) {
                if (!failing) {
                    LOG.warnf("the feed of anomalies could not be read, trying again: %s", e);
                }
                failing = true;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private synchronized boolean isWanted(BooleanSupplier wanted) {
        if (!wanted.getAsBoolean()) {
            thread = Optional.empty();
            newest = Optional.empty();
            return false;
        }
        return true;
    }

    private int advance() {
        FeedCursor from = newest.orElseGet(this::begin);
        List<AnomalyFeed.Change> changes =
                feed.after(Optional.empty(), from.ticks(), AT_ONCE).await().atMost(PATIENCE);
        FeedCursor at = new FeedCursor(clock.instant(), from.ticks());
        for (AnomalyFeed.Change change : changes) {
            // Until all of a tick's are out its place is the one before: resuming repeats the tick.
            FeedCursor before = at.with(at.at(), change.shard(), change.tick() - 1);
            change.anomalies()
                    .forEach(one -> listener.accept(new AnomalyEvents.Event.Changed(one, before)));
            at = at.with(at.at(), change.shard(), change.tick());
        }
        newest = Optional.of(at);
        tellPlace(at);
        return changes.size();
    }

    // So that who listens to a quiet tenant can still resume after hours.
    private void tellPlace(FeedCursor at) {
        if (at.at().isAfter(told.plus(TELL_PLACE))) {
            told = at.at();
            listener.accept(new AnomalyEvents.Event.Here(at));
        }
    }

    private FeedCursor begin() {
        FeedCursor now = new FeedCursor(clock.instant(), feed.position().await().atMost(PATIENCE));
        newest = Optional.of(now);
        told = now.at();
        begin(now);
        return now;
    }

    private synchronized void begin(FeedCursor now) {
        begun.complete(now);
    }
}

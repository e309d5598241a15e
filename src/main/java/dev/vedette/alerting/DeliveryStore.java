package dev.vedette.alerting;

import io.opentelemetry.api.trace.SpanContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What sending reads and writes. Blocking: called on a virtual thread. Throws {@link
 * dev.vedette.ingestion.StorageUnavailableException} when the database cannot be reached.
 */
public interface DeliveryStore {
    /**
     * A delivery this process may send until its lease ends.
     *
     * @param delivery what to send
     * @param epoch tells this lease from every other of the delivery
     * @param since when the first try of this run of tries began
     * @param channel the channel as it is set now; empty when it is gone
     * @param reference of the last delivered message of this alert to this channel
     * @param trace where the trace of what it tells goes on, when that is recorded
     */
    record Claim(
            Delivery delivery,
            long epoch,
            Instant since,
            Optional<Setting> channel,
            Optional<String> reference,
            Optional<SpanContext> trace) {}

    /**
     * What is behind.
     *
     * @param due how many deliveries are to be sent
     * @param oldest when the oldest of them was decided
     * @param undecided when the incident changed of which it has been undecided for longest what
     *     people are told; of tenants with routes
     * @param deadRoutes routes that are asked and of which every channel {@linkplain
     *     DeliveryQueries.Health#isDead() is dead}
     */
    record Backlog(
            long due, Optional<Instant> oldest, Optional<Instant> undecided, long deadRoutes) {}

    /**
     * Leases deliveries whose time has come, the longest due first. Of one alert on one channel
     * only the first is given, and of one channel at most {@code mostOfChannel} at a time, so that
     * one that hangs holds nobody else up.
     *
     * @param owner names this process
     * @param now the moment
     * @param lease how long nobody else gets them
     * @param most most deliveries, above 0
     */
    List<Claim> claim(String owner, Instant now, Duration lease, int most, int mostOfChannel);

    /**
     * Notes the answer to a try. Nothing when the lease is no longer the claim's: somebody else
     * sends it, or has sent it.
     *
     * @param retryAt when to try again, for an {@link Answer.Retry} that is to be tried again;
     *     empty otherwise
     * @return whether it was noted
     */
    boolean settle(Claim claim, Answer answer, Instant at, Optional<Instant> retryAt);

    /** What is behind at this moment. */
    Backlog backlog();

    /**
     * Forgets what was done, and alerts that were over, before that moment; how many deliveries.
     */
    int forget(Instant before);
}

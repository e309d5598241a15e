package dev.vedette.http;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/**
 * Ends streams that have no end of their own once the service stops: it waits for answers that are
 * under way, and would wait for an open page as long as it ever does. Thread-safe.
 */
@ApplicationScoped
public class EndlessStreams {
    private final BroadcastProcessor<Boolean> stop = BroadcastProcessor.create();

    /**
     * The stream, completed when the service begins to stop.
     *
     * @param <T> what comes in it
     */
    public <T> Multi<T> untilStop(Multi<T> stream) {
        return Multi.createBy()
                .merging()
                .streams(stream.map(Optional::of), stop.map(_ -> Optional.<T>empty()))
                .select()
                .first(Optional::isPresent)
                .map(Optional::get);
    }

    // Before answers are waited for; a ShutdownEvent comes after that.
    void stop(@Observes ShutdownDelayInitiatedEvent stopping) {
        stop.onNext(true);
        stop.onComplete();
    }
}

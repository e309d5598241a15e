package dev.vedette.alerting;

import dev.vedette.tenant.TenantId;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;

/**
 * Previews silences on what is stored. With many incidents that is seconds of arithmetic, so it is
 * done beside the event loops.
 */
@ApplicationScoped
public class SilencePreviews {
    /** Most incidents that are looked at, the newest of the range. */
    public static final int MOST_INCIDENTS = 1000;

    private final AlertSettings settings;
    private final FeedbackStore incidents;
    private final ExecutorService virtualThreads;

    SilencePreviews(
            AlertSettings settings,
            FeedbackStore incidents,
            @VirtualThreads ExecutorService virtualThreads) {
        this.settings = settings;
        this.incidents = incidents;
        this.virtualThreads = virtualThreads;
    }

    /**
     * What came of it.
     *
     * @param preview of the incidents looked at
     * @param isPartial whether there were more
     */
    public record Tried(SilencePreview preview, boolean isPartial) {}

    /**
     * Tries a silence on the tenant's incidents of a range, with the tenant's routes and other
     * silences as they are.
     *
     * @param from inclusive
     * @param to exclusive
     * @param until the last moment that is looked at
     */
    public Uni<Tried> of(
            TenantId tenant, Silence silence, Instant from, Instant to, Instant until) {
        return Uni.combine()
                .all()
                .unis(
                        settings.routes(tenant),
                        settings.silences(tenant),
                        incidents.past(tenant, from, to, MOST_INCIDENTS + 1))
                .asTuple()
                .emitOn(virtualThreads)
                .map(found -> {
                    List<IncidentFacts> past = found.getItem3();
                    return new Tried(
                            SilencePreview.of(
                                    found.getItem1(),
                                    found.getItem2(),
                                    silence,
                                    past.subList(0, Math.min(past.size(), MOST_INCIDENTS)),
                                    until),
                            past.size() > MOST_INCIDENTS);
                });
    }
}

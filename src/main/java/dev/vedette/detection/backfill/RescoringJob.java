package dev.vedette.detection.backfill;

import dev.vedette.detection.SeriesDirectory;
import dev.vedette.http.ProblemException;
import dev.vedette.scheduling.PeriodicJob;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Queues a backfill of each selection when its time has come. Its id is made of the selection and
 * that time, so that of several processes, and after a restart, each is queued once.
 */
@ApplicationScoped
class RescoringJob implements PeriodicJob {
    private static final Logger LOG = Logger.getLogger(RescoringJob.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Buckets so young are left to live detection. */
    private static final Duration LIVE = Duration.ofHours(1);

    private final Backfills backfills;
    private final RescoringConfig config;
    private final InstantSource clock;

    RescoringJob(Backfills backfills, RescoringConfig config, InstantSource clock) {
        this.backfills = backfills;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "rescoring";
    }

    @Override
    public Duration interval() {
        return Duration.ofMinutes(10);
    }

    @Override
    public void run() {
        config.selections().orElse(List.of()).forEach(this::queue);
    }

    private void queue(String selection) {
        long every = config.every().toMillis();
        long due = Math.floorDiv(clock.millis() - LIVE.toMillis(), every) * every;
        UUID id = UUID.nameUUIDFromBytes((selection + " " + due).getBytes(StandardCharsets.UTF_8));
        String[] parts = selection.strip().split("/", 3);
        try {
            backfills
                    .queueOnce(
                            new TenantId(parts[0]),
                            id,
                            "vedette",
                            request(parts, Instant.ofEpochMilli(due)))
                    .await()
                    .atMost(TIMEOUT);
        } catch (ProblemException | IllegalArgumentException e) {
            LOG.warnf("rescoring not queued selection=%s reason=%s", selection, e.getMessage());
        }
    }

    private Backfill.Request request(String[] parts, Instant end) {
        TimeRange range = BackfillRanges.wholeBuckets(end.minus(config.range()), end);
        return new Backfill.Request(
                new SeriesDirectory.Filter(
                        part(parts, 1), part(parts, 2), Optional.empty(), Map.of()),
                List.of(),
                range,
                Optional.of(config.engine()),
                Backfill.Overrides.NONE,
                Optional.empty(),
                false,
                Backfill.Reason.SCHEDULE);
    }

    private static Optional<String> part(String[] parts, int at) {
        return parts.length > at ? Optional.of(parts[at]) : Optional.empty();
    }
}

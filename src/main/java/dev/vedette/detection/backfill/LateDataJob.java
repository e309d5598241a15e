package dev.vedette.detection.backfill;

import dev.vedette.detection.SeriesDirectory;
import dev.vedette.scheduling.PeriodicJob;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** Queues a backfill for long stretches of points that came too late to be judged live. */
@ApplicationScoped
class LateDataJob implements PeriodicJob {
    private static final int MOST = 100;

    private final BackfillWork work;
    private final BackfillConfig config;
    private final InstantSource clock;

    LateDataJob(BackfillWork work, BackfillConfig config, InstantSource clock) {
        this.work = work;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "late-data";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(30);
    }

    @Override
    public void run() {
        int queued = 0;
        while (config.lateData()
                && queued < MOST
                && work.queueLate(config.lateQuiet(), config.lateSpan(), this::backfill)) {
            queued++;
        }
    }

    private Backfill backfill(BackfillWork.Late late) {
        return new Backfill(
                late.tenant(),
                UUID.randomUUID(),
                new Backfill.Request(
                        SeriesDirectory.Filter.ALL,
                        late.seriesIds(),
                        BackfillRanges.wholeBuckets(late.first(), late.last().plusMillis(1)),
                        Optional.empty(),
                        Backfill.Overrides.NONE,
                        Optional.empty(),
                        false,
                        Backfill.Reason.LATE_DATA),
                Optional.empty(),
                "vedette",
                clock.instant(),
                Backfill.Progress.queued(late.seriesIds().size()));
    }
}

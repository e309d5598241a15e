package dev.vedette.ingestion.source;

import dev.vedette.ingestion.IncomingBatch;
import dev.vedette.ingestion.PointIntake;
import dev.vedette.scheduling.PeriodicJob;
import dev.vedette.simulation.Fleet;
import dev.vedette.tenant.TenantId;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Feeds the demo tenant: once its history, then live points, through the same intake as
 * everybody's. After a restart it goes on from the newest stored point; a long pause is filled at
 * the history's step. One run at a time.
 */
@Singleton
class DemoFeed implements PeriodicJob {
    private static final Logger LOG = Logger.getLogger(DemoFeed.class);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** A pause longer than that is history. */
    private static final Duration LONG_PAUSE = Duration.ofMinutes(30);

    /** Enough for few and large commits, few enough to be written in a moment. */
    private static final int POINTS_PER_BATCH = 50_000;

    private final DemoConfig config;
    private final PointIntake intake;
    private final StoredUpTo stored;
    private final InstantSource clock;

    /** The fleet and how far it has been fed; there from the first run on. */
    private Optional<Position> position = Optional.empty();

    private volatile boolean isStopping;

    private record Position(FleetBatches fleet, long fedUpToMillis) {}

    DemoFeed(DemoConfig config, PointIntake intake, StoredUpTo stored, InstantSource clock) {
        this.config = config;
        this.intake = intake;
        this.stored = stored;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "feed-demo";
    }

    @Override
    public Duration interval() {
        return config.interval();
    }

    @Override
    public void askToStop() {
        isStopping = true;
    }

    @Override
    public void run() {
        if (!config.enabled()) {
            return;
        }
        Instant now = clock.instant();
        if (position.isEmpty()) {
            position = Optional.of(begin(now));
        }
        long pause = now.toEpochMilli() - fedUpTo();
        if (pause > LONG_PAUSE.toMillis()) {
            feed(now.toEpochMilli(), config.historyStep().toMillis());
            LOG.infof(
                    "demo history %s tenant=%s series=%d stretch=%s",
                    isStopping ? "left for the next start" : "fed",
                    config.tenant(),
                    fleet().size(),
                    Duration.ofMillis(pause));
        }
        feed(clock.instant().toEpochMilli(), config.interval().toMillis());
    }

    private Position begin(Instant now) {
        Instant from =
                stored.newest(new TenantId(config.tenant()))
                        .filter(newest -> newest.isBefore(now))
                        .orElseGet(() -> now.minus(config.history()));
        return new Position(new FleetBatches(Fleet.demo(config.seed(), now)), from.toEpochMilli());
    }

    // Time by time, all series together, so that they reach detection as they would have lived.
    private void feed(long toMillis, long step) {
        int stepsPerBatch = Math.max(1, POINTS_PER_BATCH / fleet().size());
        long first = (fedUpTo() / step + 1) * step;
        while (first <= toMillis && !isStopping) {
            int steps = (int) Math.min(stepsPerBatch, (toMillis - first) / step + 1);
            store(fleet().stretch(0, fleet().size(), first, step, steps));
            position = Optional.of(new Position(fleet(), first + (steps - 1) * step));
            first += steps * step;
        }
    }

    private void store(IncomingBatch batch) {
        intake.takeFetched(new TenantId(config.tenant()), batch).await().atMost(PATIENCE);
    }

    private FleetBatches fleet() {
        return position.orElseThrow().fleet();
    }

    private long fedUpTo() {
        return position.orElseThrow().fedUpToMillis();
    }
}

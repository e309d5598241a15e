package dev.vedette.detection;

import dev.vedette.scheduling.PeriodicJob;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** Keeps the workers of the shards going. */
@ApplicationScoped
class DetectionJob implements PeriodicJob {
    private final ShardWorkers workers;

    DetectionJob(ShardWorkers workers) {
        this.workers = workers;
    }

    @Override
    public String name() {
        return "detection";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void run() {
        workers.round();
    }

    @Override
    public void askToStop() {
        workers.askToStop();
    }

    void stop(@Observes ShutdownEvent stopping) {
        workers.stop();
    }
}

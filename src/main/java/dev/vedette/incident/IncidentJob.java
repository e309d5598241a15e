package dev.vedette.incident;

import dev.vedette.explanation.Phrases;
import dev.vedette.scheduling.PeriodicJob;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Keeps incidents up to date with the anomalies that detection stored. */
@ApplicationScoped
class IncidentJob implements PeriodicJob {
    /** Marks of one transaction: short enough not to hold back vacuum, long enough to pay. */
    private static final int BATCH = 500;

    /** Batches of one run; the next run goes on. */
    private static final int BATCHES = 20;

    private final IncidentStore store;
    private final IncidentGrouper grouper = new IncidentGrouper(IncidentReach.DEFAULT);
    private final IncidentWords words = new IncidentWords(Phrases.ENGLISH);
    private final Counter changes;

    IncidentJob(IncidentStore store, MeterRegistry metrics) {
        this.store = store;
        this.changes = metrics.counter("vedette_incident_anomaly_changes_total");
    }

    @Override
    public String name() {
        return "incidents";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void run() {
        for (int batch = 0; batch < BATCHES; batch++) {
            int taken = store.regroupDue(BATCH, IncidentReach.DEFAULT.longest(), this::regroup);
            changes.increment(taken);
            if (taken < BATCH) {
                return;
            }
        }
    }

    private Regrouping regroup(IncidentStore.Surroundings around) {
        return Regrouping.of(grouper, words, around.symptoms(), around.before());
    }
}

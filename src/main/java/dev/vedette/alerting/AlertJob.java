package dev.vedette.alerting;

import dev.vedette.scheduling.PeriodicJob;
import dev.vedette.scheduling.ServiceRole;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Decides what people are told of incidents that changed, and of alerts whose time has come. */
@ApplicationScoped
class AlertJob implements PeriodicJob {
    private static final Logger LOG = Logger.getLogger(AlertJob.class);

    /** Changes of one transaction. */
    private static final int BATCH = 500;

    /** Batches of one run; the next run goes on. */
    private static final int BATCHES = 20;

    private final AlertStore store;
    private final InstantSource clock;
    private final AlertMetrics metrics;

    AlertJob(AlertStore store, InstantSource clock, AlertMetrics metrics) {
        this.store = store;
        this.clock = clock;
        this.metrics = metrics;
    }

    @Override
    public String name() {
        return "alerts";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public ServiceRole role() {
        return ServiceRole.NOTIFIER;
    }

    @Override
    public void run() {
        for (int batch = 0; batch < BATCHES; batch++) {
            // As fine as the database keeps it.
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            if (store.decideDue(BATCH, now, this::decide) < BATCH) {
                return;
            }
        }
    }

    private AlertPlans.Decisions decide(AlertStore.Case one) {
        AlertPlans plans =
                new AlertPlans(
                        read(one, Setting.Kind.ROUTE, AlertSettings::route),
                        read(one, Setting.Kind.SILENCE, AlertSettings::silence));
        AlertPlans.Decisions decisions = plans.decide(one.moment());
        metrics.decided(decisions);
        return decisions;
    }

    /** One that cannot be read spoils only itself. */
    private static <T> List<T> read(
            AlertStore.Case one, Setting.Kind kind, Function<Setting, T> reading) {
        List<T> all = new ArrayList<>();
        for (Setting setting : one.settings()) {
            if (setting.kind() == kind) {
                try {
                    all.add(reading.apply(setting));
                } catch (RuntimeException e) {
                    LOG.errorf(
                            e,
                            "setting cannot be read tenant=%s kind=%s name=%s",
                            one.tenant(),
                            kind.label(),
                            setting.name());
                }
            }
        }
        return all;
    }
}

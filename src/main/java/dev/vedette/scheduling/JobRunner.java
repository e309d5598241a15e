package dev.vedette.scheduling;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jboss.logging.Logger;

/** Runs the periodic jobs of this process's roles. */
@ApplicationScoped
class JobRunner {
    private static final Logger LOG = Logger.getLogger(JobRunner.class);

    private final Scheduler scheduler;
    private final List<PeriodicJob> jobs;
    private final SchedulingConfig config;
    private final MeterRegistry metrics;

    JobRunner(
            Scheduler scheduler,
            @All List<PeriodicJob> jobs,
            SchedulingConfig config,
            MeterRegistry metrics) {
        this.scheduler = scheduler;
        this.jobs = jobs;
        this.config = config;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent started) {
        jobs.stream().filter(job -> config.roles().contains(job.role())).forEach(this::schedule);
    }

    private void schedule(PeriodicJob job) {
        scheduler
                .newJob(job.name())
                .setInterval(job.interval().toString())
                .setConcurrentExecution(ConcurrentExecution.SKIP)
                .setTask(execution -> run(job), true)
                .schedule();
    }

    private void run(PeriodicJob job) {
        Timer.Sample sample = Timer.start(metrics);
        String outcome = "success";
        try {
            job.run();
        } catch (RuntimeException e) {
            outcome = "failure";
            LOG.errorf(e, "job failed job=%s", job.name());
        }
        // Not "job": Prometheus has a label of that name itself, and would rename this one.
        sample.stop(
                metrics.timer(
                        "vedette_job_duration_seconds",
                        "periodic_job",
                        job.name(),
                        "outcome",
                        outcome));
    }
}

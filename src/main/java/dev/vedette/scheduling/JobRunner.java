package dev.vedette.scheduling;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.Scheduler;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Runs the periodic jobs of this process's roles. */
@ApplicationScoped
class JobRunner {
    private static final Logger LOG = Logger.getLogger(JobRunner.class);

    /** How long the end of the service waits for jobs at work. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /**
     * The scheduler starts all jobs that are due together, on the full second. They begin spread
     * over this time: together they would take the processors from whoever waits for an answer.
     */
    private static final Duration SPREAD = Duration.ofMillis(600);

    private final Scheduler scheduler;
    private final List<PeriodicJob> jobs;
    private final SchedulingConfig config;
    private final MeterRegistry metrics;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stopping = new CountDownLatch(1);

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
        List<PeriodicJob> mine =
                jobs.stream().filter(job -> config.roles().contains(job.role())).toList();
        for (int i = 0; i < mine.size(); i++) {
            schedule(mine.get(i), turn(i, mine.size()));
        }
    }

    // First of all: what a job needs is taken from it after this. Those at work may finish, none
    // begins.
    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event)
            throws InterruptedException {
        stopping.countDown();
        jobs.forEach(PeriodicJob::askToStop);
        Instant limit = Instant.now().plus(PATIENCE);
        for (Thread job : running) {
            Duration left = Duration.between(Instant.now(), limit);
            if (!left.isPositive() || !job.join(left)) {
                return;
            }
        }
    }

    /** How long a job waits for those before it. */
    static Duration turn(int job, int jobs) {
        return SPREAD.multipliedBy(job).dividedBy(jobs);
    }

    private void schedule(PeriodicJob job, Duration turn) {
        scheduler
                .newJob(job.name())
                .setInterval(job.interval().toString())
                .setConcurrentExecution(ConcurrentExecution.SKIP)
                .setTask(_ -> runUnlessStopping(job, turn), true)
                .schedule();
    }

    private void runUnlessStopping(PeriodicJob job, Duration turn) {
        Thread thread = Thread.currentThread();
        running.add(thread);
        try {
            // after the line above, so that stop() waits for it or it sees that
            if (!stopping.await(turn.toNanos(), TimeUnit.NANOSECONDS)) {
                run(job);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running.remove(thread);
        }
    }

    private void run(PeriodicJob job) {
        Timer.Sample sample = Timer.start(metrics);
        String outcome = "success";
        try {
            job.run();
        } catch (RuntimeException e) {
            outcome = "failure";
            if (stopping.getCount() == 0) {
                // it was at work longer than could be waited for, and its means were taken away
                return;
            }
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

package dev.vedette.telemetry;

import dev.vedette.scheduling.Dependency;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jboss.logging.Logger;

/**
 * One dependency and how it stood when it was asked last. Counts as there until it was asked.
 * Thread-safe: one thread asks, any may read.
 */
final class WatchedDependency {
    private static final Logger LOG = Logger.getLogger(WatchedDependency.class);
    private static final int MOST_SAID = 200;

    /** How it stands. */
    private sealed interface Standing {
        /** It answered. */
        record There() implements Standing {}

        /** It did not. */
        record Away(Instant since, String why) implements Standing {}
    }

    private final Dependency dependency;
    private final InstantSource clock;
    private volatile Standing standing = new Standing.There();

    WatchedDependency(Dependency dependency, InstantSource clock, MeterRegistry registry) {
        this.dependency = dependency;
        this.clock = clock;
        Gauge.builder("vedette_dependency_up", this, one -> one.isThere() ? 1 : 0)
                .description("1 while that dependency answers this process, 0 while it does not")
                .tag("dependency", dependency.name())
                .register(registry);
    }

    /** Its name. */
    String name() {
        return dependency.name();
    }

    /** Whether it answered. */
    boolean isThere() {
        return standing instanceof Standing.There;
    }

    /** Whether this process can answer a request, as far as this dependency goes. */
    boolean lets() {
        return isThere() || !dependency.isVital();
    }

    /** How it stands, in words. */
    String words() {
        return switch (standing) {
            case Standing.There() -> "there";
            case Standing.Away(Instant since, String why) -> "away since " + since + ": " + why;
        };
    }

    /** Asks it. What changed since the last time is logged, once. */
    void ask() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        try {
            dependency.ask();
            if (standing instanceof Standing.Away(Instant since, String _)) {
                LOG.infof(
                        "dependency is back dependency=%s away_for=%s",
                        name(), Duration.between(since, now));
            }
            standing = new Standing.There();
        } catch (RuntimeException e) {
            away(now, line(e));
        }
    }

    private void away(Instant now, String why) {
        if (standing instanceof Standing.Away(Instant since, String _)) {
            standing = new Standing.Away(since, why);
        } else {
            LOG.warnf("dependency is away dependency=%s cause=%s", name(), why);
            standing = new Standing.Away(now, why);
        }
    }

    private static String line(RuntimeException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String said = String.valueOf(cause.getMessage()).replaceAll("\\s+", " ");
        String whole = cause.getClass().getSimpleName() + ": " + said;
        return whole.substring(0, Math.min(MOST_SAID, whole.length()));
    }
}

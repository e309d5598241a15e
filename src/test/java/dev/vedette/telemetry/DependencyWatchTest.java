package dev.vedette.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.scheduling.Dependency;
import dev.vedette.scheduling.SchedulingConfig;
import dev.vedette.scheduling.ServiceRole;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

/** Who is away is named, and only what is vital takes the process out of service. */
final class DependencyWatchTest {
    private static final Instant NOW = Instant.parse("2026-11-22T09:10:04.7Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Fake database = new Fake("database", true, Set.of(ServiceRole.API));
    private final Fake mail = new Fake("mail", false, Set.of(ServiceRole.NOTIFIER));

    @Test
    void whatWasNotAskedYetCountsAsThere() {
        DependencyWatch watch = watch(ServiceRole.API, ServiceRole.NOTIFIER);
        assertEquals(Status.UP, watch.call().getStatus());
        assertEquals(Map.of("database", "there", "mail", "there"), said(watch));
    }

    @Test
    void processStaysInServiceWhileOnlyMailIsAway() {
        DependencyWatch watch = watch(ServiceRole.API, ServiceRole.NOTIFIER);
        mail.isAway = true;
        watch.run();
        assertEquals(Status.UP, watch.call().getStatus());
        assertEquals(
                Map.of(
                        "database",
                        "there",
                        "mail",
                        "away since 2026-11-22T09:10:04Z: IllegalStateException: mail refuses"),
                said(watch));
        assertEquals(0, up("mail"));
        assertEquals(1, up("database"));
        mail.isAway = false;
        watch.run();
        assertEquals("there", said(watch).get("mail"));
        assertEquals(1, up("mail"));
    }

    @Test
    void processGoesOutOfServiceWhileTheDatabaseIsAway() {
        DependencyWatch watch = watch(ServiceRole.API);
        database.isAway = true;
        watch.run();
        assertEquals(Status.DOWN, watch.call().getStatus());
        database.isAway = false;
        watch.run();
        assertEquals(Status.UP, watch.call().getStatus());
    }

    @Test
    void processAsksOnlyWhatItsRolesNeedAndWhatIsSetUp() {
        mail.isSetUp = false;
        DependencyWatch watch = watch(ServiceRole.API, ServiceRole.NOTIFIER);
        assertEquals(Set.of("database"), said(watch).keySet());
        mail.isSetUp = true;
        assertEquals(Set.of("database"), said(watch(ServiceRole.API)).keySet());
        assertTrue(said(watch(ServiceRole.WORKER)).isEmpty());
    }

    private double up(String dependency) {
        Gauge gauge = registry.get("vedette_dependency_up").tag("dependency", dependency).gauge();
        return gauge.value();
    }

    private static Map<String, Object> said(DependencyWatch watch) {
        HealthCheckResponse answer = watch.call();
        return answer.getData().orElse(Map.of());
    }

    private DependencyWatch watch(ServiceRole... roles) {
        SchedulingConfig scheduling = () -> Set.of(roles);
        return new DependencyWatch(
                () -> Duration.ofSeconds(1),
                scheduling,
                List.of(database, mail),
                () -> NOW,
                registry);
    }

    private static final class Fake implements Dependency {
        private final String name;
        private final boolean isVital;
        private final Set<ServiceRole> roles;
        private boolean isSetUp = true;
        private volatile boolean isAway;

        Fake(String name, boolean isVital, Set<ServiceRole> roles) {
            this.name = name;
            this.isVital = isVital;
            this.roles = roles;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean isSetUp() {
            return isSetUp;
        }

        @Override
        public Set<ServiceRole> roles() {
            return roles;
        }

        @Override
        public boolean isVital() {
            return isVital;
        }

        @Override
        public void ask() {
            if (isAway) {
                throw new IllegalStateException(name + " refuses");
            }
        }
    }
}

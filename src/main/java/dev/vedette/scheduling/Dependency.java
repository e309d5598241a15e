package dev.vedette.scheduling;

import java.time.Duration;
import java.util.Set;

/**
 * Something outside this process that it cannot do its work without, such as the database. Offered
 * as a CDI bean; asked on a virtual thread now and then, so that who looks after the service reads
 * which one is away before anybody complains. Nothing depends on the answer: what needs the
 * dependency tries it itself, and tries again.
 */
public interface Dependency {
    /** How long one may take to answer before it counts as away. */
    Duration PATIENCE = Duration.ofSeconds(5);

    /** Its name in logs, metrics and probes: one word, lower case, unique. */
    String name();

    /** Whether this installation has one: what is not set up is not asked. */
    boolean isSetUp();

    /** Processes of which roles need it. */
    Set<ServiceRole> roles();

    /**
     * Whether a process without it can answer no request, and so should get none. False where the
     * rest of the service goes on without.
     */
    default boolean isVital() {
        return false;
    }

    /**
     * Returns when it is there; blocking, for {@link #PATIENCE} or little more.
     *
     * @throws RuntimeException when it is not; the message says why and holds no secret
     */
    void ask();
}

package dev.vedette.cli;

import dev.vedette.timescale.DatabaseUrl;
import dev.vedette.timescale.Migrator;
import io.quarkus.runtime.Quarkus;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Runs Quarkus on a database until it is told to stop. */
final class Service {
    private static final String VARIABLE = "VEDETTE_DATABASE_URL";

    private Service() {}

    /** The database of the environment; empty when none is named. */
    static Optional<DatabaseUrl> databaseInEnvironment() {
        return Optional.ofNullable(System.getenv(VARIABLE))
                .filter(url -> !url.isBlank())
                .map(DatabaseUrl::parse);
    }

    /**
     * The database of the environment.
     *
     * @throws IllegalStateException when none is named; the message says how to
     */
    static DatabaseUrl requireDatabaseInEnvironment() {
        return databaseInEnvironment()
                .orElseThrow(() ->
                        new IllegalStateException(
                                VARIABLE
                                        + " is not set; set it to"
                                        + " postgresql://user:password@host:5432/database, or use"
                                        + " `vedette start` for an embedded database"));
    }

    /**
     * Migrates, then runs.
     *
     * @param owner the database, as its owner
     * @param afterwards what to do once Quarkus has stopped, also after Ctrl-C
     * @param args handed to {@link ServiceApplication}
     * @return Quarkus' exit code
     */
    static int run(DatabaseUrl owner, Runnable afterwards, String... args) {
        DatabaseUrl login;
        try {
            login = Migrator.migrate(owner);
        } catch (RuntimeException e) {
            afterwards.run();
            throw e;
        }
        return runMigrated(login, afterwards, args);
    }

    /** Runs on a migrated database, signed in as the application. */
    static int runMigrated(DatabaseUrl login, Runnable afterwards, String... args) {
        System.setProperty("quarkus.datasource.reactive.url", login.reactiveUrl());
        System.setProperty("quarkus.datasource.jdbc.url", login.jdbcUrl());
        System.setProperty("quarkus.datasource.username", login.user());
        System.setProperty("quarkus.datasource.password", login.password());
        CountDownLatch stopped = new CountDownLatch(1);
        // On Ctrl-C the JVM waits for its hooks only: the database must outlive Quarkus' own hook,
        // so this one waits for it.
        Thread hook =
                new Thread(
                        () -> {
                            awaitStop(stopped);
                            afterwards.run();
                        },
                        "vedette-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        AtomicInteger code = new AtomicInteger();
        try {
            Quarkus.run(
                    ServiceApplication.class,
                    (exit, problem) -> stopped(code, exit, problem),
                    args);
        } finally {
            stopped.countDown();
        }
        return code.get();
    }

    private static void stopped(AtomicInteger code, int exit, @Nullable Throwable problem) {
        code.set(exit);
        if (problem != null) {
            // Quarkus has no log any more when its start failed.
            problem.printStackTrace(System.err);
        }
    }

    private static void awaitStop(CountDownLatch stopped) {
        try {
            if (!stopped.await(20, TimeUnit.SECONDS)) {
                System.err.println(
                        "vedette: the service did not stop within 20 s; stopping its database all the same");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

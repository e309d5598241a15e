package dev.vedette.cli;

import dev.vedette.timescale.DatabaseUrl;
import dev.vedette.timescale.Migrator;
import io.quarkus.runtime.Application;
import io.quarkus.runtime.Quarkus;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs Quarkus on a database until it is told to stop. */
final class Service {
    private static final String VARIABLE = "VEDETTE_DATABASE_URL";

    /** Set in native executables, whose classes were initialized when they were built. */
    private static final String IMAGE_CODE = "org.graalvm.nativeimage.imagecode";

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
     * Opens the database and migrates it, then runs. Told to stop meanwhile, it stops once the
     * migration is through, and says nothing of it.
     *
     * @param open gives the database, as its owner; called once
     * @param afterwards what to do when the process ends, once Quarkus has stopped if it ran
     * @param args handed to {@link ServiceApplication}
     * @return Quarkus' exit code
     * @throws Exception as opening or migrating did
     */
    static int run(Callable<DatabaseUrl> open, Runnable afterwards, String... args)
            throws Exception {
        Stop stop = Stop.before(afterwards);
        try {
            DatabaseUrl login = migrated(open);
            return stop.isUnderWay() ? 0 : runMigrated(login, stop, args);
        } finally {
            stop.release();
        }
    }

    /** Runs on a migrated database, signed in as the application. */
    static int runMigrated(DatabaseUrl login) {
        Stop stop = Stop.before(() -> {});
        try {
            return runMigrated(login, stop);
        } finally {
            stop.release();
        }
    }

    private static int runMigrated(DatabaseUrl login, Stop stop, String... args) {
        System.setProperty("quarkus.datasource.reactive.url", login.reactiveUrl());
        System.setProperty("quarkus.datasource.jdbc.url", login.jdbcUrl());
        System.setProperty("quarkus.datasource.username", login.user());
        System.setProperty("quarkus.datasource.password", login.password());
        AtomicInteger code = new AtomicInteger();
        Quarkus.run(
                ServiceApplication.class,
                (exit, problem) -> {
                    code.set(exit);
                    if (problem != null && !stop.isUnderWay()) {
                        // Quarkus has no log any more when its start failed.
                        problem.printStackTrace(System.err);
                    }
                },
                args);
        return code.get();
    }

    // Half of the start needs no database: the two go side by side.
    private static DatabaseUrl migrated(Callable<DatabaseUrl> open) throws Exception {
        FutureTask<DatabaseUrl> login = new FutureTask<>(() -> migrate(open));
        Thread.ofPlatform().name("vedette-database").daemon().start(login);
        try {
            initialize();
        } finally {
            // whatever came of it: it must be open or not, not in between
            awaitEnd(login);
        }
        return value(login);
    }

    private static DatabaseUrl migrate(Callable<DatabaseUrl> open) throws Exception {
        DatabaseUrl owner = open.call();
        StartTimes.done(StartTimes.Part.DATABASE);
        DatabaseUrl login = Migrator.migrate(owner);
        StartTimes.done(StartTimes.Part.MIGRATED);
        return login;
    }

    private static void awaitEnd(FutureTask<?> task) throws InterruptedException {
        try {
            task.get();
        } catch (ExecutionException e) {
            // value() says so
        }
    }

    private static DatabaseUrl value(FutureTask<DatabaseUrl> task) throws Exception {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    // What Quarkus does in this class's initializer reads no setting of the database, which is not
    // known yet.
    private static void initialize() throws ClassNotFoundException {
        if (System.getProperty(IMAGE_CODE) == null) {
            try {
                Class.forName(
                        Application.APP_CLASS_NAME,
                        true,
                        Thread.currentThread().getContextClassLoader());
            } catch (ExceptionInInitializerError e) {
                Throwable cause = e.getCause();
                throw new IllegalStateException(cause == null ? null : cause.getMessage(), e);
            }
        }
        StartTimes.done(StartTimes.Part.INITIALIZED);
    }
}

package dev.vedette.cli;

import dev.vedette.http.Bootstrap;
import dev.vedette.tenant.TenantId;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.vertx.http.HttpServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What runs inside Quarkus once everything is up: makes the demo tenant where it is wanted, says
 * where the service is, and waits for the end.
 */
public final class ServiceApplication implements QuarkusApplication {
    /**
     * Among the arguments, before the seconds of a {@link Rehearsal}: stop once it is ready and has
     * rehearsed, and say how long it took to be ready.
     */
    static final String ONCE = "--once";

    private static final String ADMIN = "admin";
    private static final Duration READY_LIMIT = Duration.ofMinutes(2);
    private static final Duration READY_STEP = Duration.ofMillis(10);

    private final Bootstrap bootstrap;
    private final boolean demo;
    private final TenantId tenant;
    private final Path data;
    private final String host;
    private final HttpServer server;

    ServiceApplication(
            Bootstrap bootstrap,
            @ConfigProperty(name = "vedette.demo.enabled", defaultValue = "false") boolean demo,
            @ConfigProperty(name = "vedette.demo.tenant", defaultValue = "demo") String tenant,
            @ConfigProperty(name = "vedette.http.data-dir", defaultValue = "data") Path data,
            @ConfigProperty(name = "quarkus.http.host") String host,
            HttpServer server) {
        this.bootstrap = bootstrap;
        this.server = server;
        this.demo = demo;
        this.tenant = new TenantId(tenant);
        this.data = data;
        this.host = host;
    }

    @Override
    public int run(String... args) throws IOException, InterruptedException {
        // The port that was really taken, also when it was asked for any free one.
        String url =
                "http://%s:%d/"
                        .formatted(host.equals("0.0.0.0") ? "127.0.0.1" : host, server.getPort());
        StartTimes.done(StartTimes.Part.LISTENING);
        List<String> words = List.of(args);
        boolean isOnce = words.contains(ONCE);
        FutureTask<Boolean> ready = new FutureTask<>(() -> awaitReady(url + "q/health/ready"));
        if (isOnce) {
            // meanwhile, as any other prober
            Thread.ofPlatform().name("vedette-ready").daemon().start(ready);
        }
        if (words.contains(StartCommand.NAME)) {
            greet(url);
        }
        if (isOnce) {
            awaitEnd(ready);
            StartTimes.print(System.out);
            int seconds = Integer.parseInt(words.get(words.indexOf(ONCE) + 1));
            if (seconds > 0) {
                new Rehearsal(URI.create(url), data).run(Duration.ofSeconds(seconds));
            }
            return 0;
        }
        Quarkus.waitForExit();
        return 0;
    }

    // Asked as lightly as can be: what the asking takes is part of what is measured.
    private static boolean awaitReady(String probe) throws IOException, InterruptedException {
        Instant limit = Instant.now().plus(READY_LIMIT);
        while (status(probe) != HttpURLConnection.HTTP_OK) {
            if (Instant.now().isAfter(limit)) {
                throw new IOException("not ready within " + READY_LIMIT.toSeconds() + " s");
            }
            Thread.sleep(READY_STEP);
        }
        StartTimes.done(StartTimes.Part.READY);
        return true;
    }

    private static int status(String probe) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(probe).toURL().openConnection();
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }

    private static void awaitEnd(FutureTask<Boolean> ready)
            throws IOException, InterruptedException {
        try {
            ready.get();
        } catch (ExecutionException e) {
            throw new IOException("not known to be ready: " + e.getCause(), e);
        }
    }

    private void greet(String url) throws IOException {
        Files.createDirectories(data);
        Files.writeString(data.resolve("url"), url + "\n");
        String login =
                demo
                        ? "  user      " + ADMIN + "\n  password  " + demoPassword() + "\n"
                        : "  empty: make a tenant with a token of ./vedette token --role platform-admin\n";
        System.out.printf("%nVedette is up at %s%n%s  Ctrl-C stops it.%n%n", url, login);
    }

    // Generated once. Kept beside the demo's database, so that a second start can still say it; a
    // real user's never is.
    private String demoPassword() throws IOException {
        bootstrap.ensureTenant(tenant, "Demo");
        Path file = data.resolve("demo-password");
        Optional<String> fresh = bootstrap.ensureAdmin(tenant, ADMIN);
        if (fresh.isPresent()) {
            Files.deleteIfExists(file);
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, fresh.get() + "\n");
        }
        return Files.exists(file) ? Files.readString(file).strip() : "the one you set";
    }
}

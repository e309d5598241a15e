package dev.vedette.cli;

import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A load of everything a service is asked for, before it is asked by anybody: the JVM notes which
 * methods are hot, and a later one compiles those at once (JEP 515). A service that begins without
 * takes minutes of its users' load for that.
 */
final class Rehearsal {
    private static final TenantId TENANT = new TenantId("rehearsal");
    private static final int SERIES = 2_000;
    private static final int POINTS_PER_SERIES = 10;
    private static final int REQUESTS = 100;
    private static final int CLIENTS = 2;
    private static final int PAYMENTS_PER_SECOND = 300;

    /** Points by two protocols, reads and decisions share the time alike. */
    private static final int KINDS = 4;

    private static final List<String> READS =
            List.of(
                    "/api/v1/health",
                    "/api/v1/anomalies?limit=100",
                    "/api/v1/incidents?limit=50",
                    "/api/v1/rank?level=node&top=20",
                    "/api/v1/scores?level=node&top=20&step=15m",
                    "/api/v1/metrics?cluster_id=rehearsal-0&node_id=node-0&metric_name=metric_0",
                    "/q/metrics");

    private final URI url;
    private final BenchAccess access;
    private final HttpClient client = HttpClient.newHttpClient();

    /**
     * At that service.
     *
     * @param folder its data folder, with the key that signs tokens
     */
    Rehearsal(URI url, Path folder) {
        this.url = url;
        this.access = new BenchAccess(url, folder);
    }

    /** Goes on for about so long, and as long as a model takes to be trained. */
    void run(Duration length) throws IOException {
        access.createTenant(TENANT, 1_000_000_000);
        ServiceAddress sender = access.sender(TENANT);
        Duration part = length.dividedBy(KINDS);
        points(sender, LoadProtocol.REMOTE_WRITE, part);
        points(sender, LoadProtocol.JSON, part);
        reads(access.holder(TENANT, Role.VIEWER), part);
        int seconds = (int) Math.max(1, part.toSeconds());
        new DecisionLoad(access.holder(TENANT, Role.EDITOR), PAYMENTS_PER_SECOND * seconds)
                .prepare()
                .run(PAYMENTS_PER_SECOND, seconds, new Latencies(), new PacedLoad.Counts());
    }

    private static void points(ServiceAddress sender, LoadProtocol protocol, Duration length)
            throws IOException {
        IngestLoad load =
                new IngestLoad(
                        sender,
                        protocol,
                        "rehearsal",
                        SERIES,
                        POINTS_PER_SERIES,
                        Instant.now().minus(Duration.ofDays(1)));
        for (long end = System.nanoTime() + length.toNanos(); System.nanoTime() < end; ) {
            load.run(REQUESTS, IngestShape.POINTS_PER_SMALL_REQUEST, CLIENTS);
        }
    }

    private void reads(ServiceAddress reader, Duration length) throws IOException {
        for (long end = System.nanoTime() + length.toNanos(); System.nanoTime() < end; ) {
            for (String path : READS) {
                read(reader, path);
            }
        }
    }

    private void read(ServiceAddress reader, String path) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(url.resolve(path))
                        .header("Authorization", "Bearer " + reader.credential())
                        .build();
        try {
            int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw new IOException(path + " answered " + status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}

package dev.vedette.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends points, each request with new points of each of its series, and measures how long it takes
 * until they are acknowledged.
 */
final class IngestLoad {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ServiceAddress service;
    private final LoadProtocol protocol;
    private final URI target;
    private final List<byte[]> heads;
    private final int pointsPerSeries;
    private final long firstMillis;
    private final AtomicInteger nextRequest = new AtomicInteger();

    /**
     * A load of that shape.
     *
     * @param name stands in the clusters' names: another name, other series
     * @param series how many series there are in all
     * @param pointsPerSeries points of a series in one request
     * @param first time of the first point of each series
     */
    IngestLoad(
            ServiceAddress service,
            LoadProtocol protocol,
            String name,
            int series,
            int pointsPerSeries,
            Instant first) {
        this.service = service;
        this.protocol = protocol;
        this.target = service.url().resolve(protocol.path());
        this.pointsPerSeries = pointsPerSeries;
        this.firstMillis = first.toEpochMilli();
        this.heads = new ArrayList<>(series);
        for (int i = 0; i < series; i++) {
            heads.add(
                    protocol.head(
                            new LoadProtocol.Place(
                                    name + "-" + i / 1000,
                                    "node-" + i / 10 % 100,
                                    "metric_" + i % 10)));
        }
    }

    /**
     * Sends that many requests, as fast as so many clients are acknowledged.
     *
     * @return how long each took
     * @throws IOException when a request is not acknowledged in full
     */
    Latencies run(int requests, int points, int clients) throws IOException {
        return run(requests, points, clients, 0);
    }

    /**
     * Sends that many requests, so many a second.
     *
     * @return how long each took from the moment it was due
     */
    Latencies paced(int requests, int points, int clients, double perSecond) throws IOException {
        return run(requests, points, clients, 1e9 / perSecond);
    }

    private Latencies run(int requests, int points, int clients, double nanosApart)
            throws IOException {
        Latencies latencies = new Latencies();
        AtomicInteger sent = new AtomicInteger();
        long started = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                running.add(
                        threads.submit(() -> {
                            for (int n = sent.getAndIncrement();
                                    n < requests;
                                    n = sent.getAndIncrement()) {
                                latencies.addNanos(
                                        send(
                                                points,
                                                started + (long) (n * nanosApart),
                                                nanosApart));
                            }
                            return clients;
                        }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return latencies;
    }

    private long send(int points, long due, double nanosApart)
            throws IOException, InterruptedException {
        byte[] body = protocol.body(next(points));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target)
                        .timeout(Duration.ofSeconds(60))
                        .header("Authorization", "Bearer " + service.credential())
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        protocol.headers(request);
        long started = System.nanoTime();
        if (nanosApart > 0) {
            LockSupport.parkNanos(due - started);
            // from when it was due: a service that stalls must not hide it by holding up the load
            started = due;
        }
        HttpResponse<String> response =
                client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        long took = System.nanoTime() - started;
        if (!protocol.isWhole(response)) {
            throw new IOException(response.statusCode() + " " + response.body());
        }
        return took;
    }

    private LoadPoints next(int points) {
        int series = Math.min(heads.size(), Math.max(1, points / pointsPerSeries));
        int request = nextRequest.getAndIncrement();
        int requestsPerRound = Math.max(1, heads.size() / series);
        long time =
                firstMillis + (long) request / requestsPerRound * LoadPoints.span(pointsPerSeries);
        return new LoadPoints(
                heads, request % requestsPerRound * series, series, pointsPerSeries, time);
    }
}

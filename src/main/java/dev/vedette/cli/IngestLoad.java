package dev.vedette.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends points as fast as they are acknowledged: so many clients, each with one request under way.
 * Each request carries {@value #POINTS_PER_SERIES} new points of each of its series.
 */
final class IngestLoad {
    /** Points of a series in one request. */
    static final int POINTS_PER_SERIES = 10;

    private static final long FIRST_MILLIS = 1_767_225_600_000L; // 2026-01-01T00:00:00Z
    private static final long STEP_MILLIS = 10_000;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ServiceAddress service;
    private final URI target;
    private final List<String> heads;
    private final int seriesPerRequest;
    private final AtomicInteger nextRequest = new AtomicInteger();

    /**
     * A load of that shape.
     *
     * @param series how many series there are in all
     * @param pointsPerRequest a multiple of {@value #POINTS_PER_SERIES}
     */
    IngestLoad(ServiceAddress service, int series, int pointsPerRequest) {
        this.service = service;
        this.target = service.url().resolve("/api/v1/metrics");
        this.seriesPerRequest = pointsPerRequest / POINTS_PER_SERIES;
        this.heads = new ArrayList<>(series);
        for (int i = 0; i < series; i++) {
            heads.add(
                    "{\"cluster_id\":\"bench-"
                            + i / 1000
                            + "\",\"node_id\":\"node-"
                            + i / 10 % 100
                            + "\",\"metric_name\":\"metric_"
                            + i % 10
                            + "\",\"unit\":\"percent\",\"points\":[");
        }
    }

    /**
     * Sends that many requests and waits for their acknowledgements.
     *
     * @return how long each took
     * @throws IOException when a request is not acknowledged in full
     */
    Latencies run(int requests, int clients) throws IOException {
        Latencies latencies = new Latencies();
        AtomicInteger left = new AtomicInteger(requests);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                running.add(
                        threads.submit(() -> {
                            while (left.getAndDecrement() > 0) {
                                latencies.addNanos(send());
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

    private long send() throws IOException, InterruptedException {
        byte[] body = body(nextRequest.getAndIncrement());
        HttpRequest request =
                HttpRequest.newBuilder(target)
                        .timeout(Duration.ofSeconds(60))
                        .header("Authorization", "Bearer " + service.credential())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build();
        long started = System.nanoTime();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        long took = System.nanoTime() - started;
        if (response.statusCode() != 200 || !response.body().contains("\"rejected\":0")) {
            throw new IOException(response.statusCode() + " " + response.body());
        }
        return took;
    }

    private byte[] body(int request) {
        int requestsPerRound = Math.max(1, heads.size() / seriesPerRequest);
        int first = request % requestsPerRound * seriesPerRequest;
        long start =
                FIRST_MILLIS + (long) request / requestsPerRound * POINTS_PER_SERIES * STEP_MILLIS;
        StringBuilder json = new StringBuilder(seriesPerRequest * (100 + POINTS_PER_SERIES * 22));
        json.append("{\"series\":[");
        for (int i = 0; i < seriesPerRequest; i++) {
            json.append(i == 0 ? "" : ",").append(heads.get((first + i) % heads.size()));
            appendPoints(json, start);
            json.append("]}");
        }
        return json.append("]}").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void appendPoints(StringBuilder json, long start) {
        for (int p = 0; p < POINTS_PER_SERIES; p++) {
            int hundredths = ThreadLocalRandom.current().nextInt(10_000);
            json.append(p == 0 ? "[" : ",[").append(start + p * STEP_MILLIS).append(',');
            json.append(hundredths / 100).append('.').append(hundredths / 10 % 10);
            json.append(hundredths % 10).append(']');
        }
    }
}

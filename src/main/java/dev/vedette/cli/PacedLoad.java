package dev.vedette.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;

/**
 * Sends requests at a steady pace, whether they are answered or not, up to a bound of requests
 * under way. A latency counts from when the request was due (no coordinated omission).
 */
final class PacedLoad {
    private static final int MOST_UNDER_WAY = 256;
    private static final long FIRST_MILLIS = 1_767_225_600_000L; // 2026-01-01T00:00:00Z
    private static final int SERIES = 100;
    private static final int READY = 256;
    private static final int OK = 200;

    private final LeanClient client;
    private final LongFunction<byte[]> body;
    private final AtomicLong next = new AtomicLong();

    /**
     * A load of requests with so many points. They are made beforehand and sent over and over: what
     * the load uses of the processors, the service lacks.
     */
    PacedLoad(ServiceAddress service, int points) {
        this(service, "/api/v1/metrics", ready(points));
    }

    /**
     * A load of any requests.
     *
     * @param path where they go
     * @param body of each, by its number from 0
     */
    PacedLoad(ServiceAddress service, String path, LongFunction<byte[]> body) {
        this.client = new LeanClient(service.url().resolve(path), service.credential());
        this.body = body;
    }

    /** What became of the requests. Thread-safe. */
    static final class Counts {
        private final AtomicInteger sent = new AtomicInteger();
        private final AtomicInteger stored = new AtomicInteger();

        int sent() {
            return sent.get();
        }

        int stored() {
            return stored.get();
        }
    }

    /** A load under way. */
    record Running(CompletableFuture<Void> done) {
        /** Waits for its end. */
        void await() throws IOException {
            try {
                done.join();
            } catch (java.util.concurrent.CompletionException e) {
                throw new IOException(e.getCause());
            }
        }
    }

    /** Sends for so many seconds and waits for the last answer. */
    void run(int perSecond, int seconds, Latencies latencies, Counts counts) throws IOException {
        start(perSecond, seconds, latencies, counts).await();
    }

    /** The same in the background; latencies are those of stored requests. */
    Running start(int perSecond, int seconds, Latencies latencies, Counts counts) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        pace(perSecond, seconds, latencies, counts);
                        done.complete(null);
                    } catch (RuntimeException | InterruptedException e) {
                        done.completeExceptionally(e);
                    }
                });
        return new Running(done);
    }

    private void pace(int perSecond, int seconds, Latencies latencies, Counts counts)
            throws InterruptedException {
        Semaphore room = new Semaphore(MOST_UNDER_WAY);
        long started = System.nanoTime();
        int requests = perSecond * seconds;
        for (int i = 0; i < requests; i++) {
            long due = started + (long) (i * 1e9 / perSecond);
            LockSupport.parkNanos(due - System.nanoTime());
            room.acquire();
            counts.sent.incrementAndGet();
            // Its answer is counted; the semaphore waits for the last one.
            Thread.ofVirtual().start(() -> send(due, latencies, counts, room));
        }
        room.acquire(MOST_UNDER_WAY);
    }

    private void send(long due, Latencies latencies, Counts counts, Semaphore room) {
        try {
            if (client.post(body.apply(next.getAndIncrement())) == OK) {
                latencies.addNanos(System.nanoTime() - due);
                counts.stored.incrementAndGet();
            }
        } catch (IOException e) {
            // not stored, which is counted; the next request takes a new connection
        } finally {
            room.release();
        }
    }

    private static LongFunction<byte[]> ready(int points) {
        byte[][] bodies = new byte[READY][];
        Arrays.setAll(bodies, request -> points(request, points));
        return request -> bodies[(int) (request % READY)];
    }

    private static byte[] points(long request, int points) {
        StringBuilder json = new StringBuilder(points * 24);
        json.append("{\"series\":[");
        for (int series = 0; series < SERIES; series++) {
            json.append(series == 0 ? "" : ",")
                    .append("{\"cluster_id\":\"c\",\"node_id\":\"n")
                    .append(series)
                    .append("\",\"metric_name\":\"m\",\"points\":[");
            for (int i = 0; i < points / SERIES; i++) {
                long time = FIRST_MILLIS + (request * (points / SERIES) + i) * 10_000;
                json.append(i == 0 ? "[" : ",[").append(time).append(",42.5]");
            }
            json.append("]}");
        }
        return json.append("]}").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}

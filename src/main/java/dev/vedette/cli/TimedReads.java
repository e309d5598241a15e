package dev.vedette.cli;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Reads something often, one request after the other, and tells how long it took and what CPU. */
final class TimedReads {
    private final BenchService service;
    private final ServiceAddress address;
    private final int warmUp;
    private final int requests;
    private final HttpClient client = HttpClient.newHttpClient();

    /**
     * Of that service.
     *
     * @param warmUp how many come before, to a cold JVM and database
     * @param requests how many are measured
     */
    TimedReads(BenchService service, int warmUp, int requests) {
        this.service = service;
        this.address = service.reader();
        this.warmUp = warmUp;
        this.requests = requests;
    }

    /** What is read in a round. */
    interface Paths {
        /** The path and query of that request. */
        String of(int number);
    }

    /** Reads the same again and again. */
    void measure(String name, String path, BenchReport report) throws IOException {
        measure(name, name.replace('_', ' '), number -> path, report);
    }

    /**
     * Reads and reports the median, the 99 % quantile, the CPU time and the size of an answer.
     *
     * @param key begins the keys of the report
     * @param what begins its words
     */
    void measure(String key, String what, Paths paths, BenchReport report) throws IOException {
        Latencies latencies = new Latencies();
        long bytes = 0;
        double serviceBefore = 0;
        double databaseBefore = 0;
        for (int i = 0; i < warmUp + requests; i++) {
            if (i == warmUp) {
                serviceBefore = serviceCpu();
                databaseBefore = service.databaseCpu();
            }
            URI uri = address.url().resolve(paths.of(i));
            long started = System.nanoTime();
            int length = get(uri);
            if (i >= warmUp) {
                latencies.addNanos(System.nanoTime() - started);
                bytes += length;
            }
        }
        report.add(key + "_p50_ms", what + ", p50, ms", latencies.quantile(0.5));
        report.add(key + "_p99_ms", what + ", p99, ms", latencies.quantile(0.99));
        report.add(
                key + "_service_cpu_ms",
                what + ", CPU of the service, ms",
                1000 * (serviceCpu() - serviceBefore) / requests);
        report.add(
                key + "_database_cpu_ms",
                what + ", CPU of the database, ms",
                1000 * (service.databaseCpu() - databaseBefore) / requests);
        report.add(key + "_bytes", what + ", bytes of an answer", bytes / (double) requests);
    }

    // without the just-in-time compiler, which has much to do in the first minutes only
    private double serviceCpu() throws IOException {
        return service.serviceCpu() - service.compilerCpu();
    }

    private int get(URI uri) throws IOException {
        try {
            HttpResponse<String> response =
                    client.send(
                            HttpRequest.newBuilder(uri)
                                    .header("Authorization", "Bearer " + address.credential())
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException(response.statusCode() + " " + response.body());
            }
            return response.body().length();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}

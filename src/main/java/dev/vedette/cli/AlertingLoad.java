package dev.vedette.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.vedette.tenant.Role;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Breaks clusters of a running service, one after the other, and tells how long after its first
 * anomaly was stored a receiver heard of each incident. Service, load and receiver share this
 * machine and its clock.
 */
final class AlertingLoad implements AutoCloseable {
    private static final int METRICS = 5;
    private static final int CLUSTERS_PER_TICK = 4;
    private static final Duration STEP = Duration.ofSeconds(10);
    private static final int HISTORY = 2160;
    private static final int BROKEN_TICKS = 3;

    private final BenchService service;
    private final int clusters;
    private final Random random = new Random(1);
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Instant> heard = new ConcurrentHashMap<>();
    private final HttpServer receiver;

    AlertingLoad(BenchService service, int clusters) throws IOException {
        this.service = service;
        this.clusters = clusters;
        this.receiver =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext(
                "/",
                exchange -> {
                    Instant now = Instant.now();
                    JsonNode data = json.readTree(exchange.getRequestBody()).path("data");
                    if (data.path("event").asText().equals("opened")) {
                        heard.putIfAbsent(data.path("incident_id").asText(), now);
                    }
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        receiver.start();
    }

    /** Sends six hours of history, breaks every cluster once, and waits for the last message. */
    Latencies run() throws IOException {
        String hook = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/";
        post(
                Role.EDITOR,
                "/api/v1/channels",
                "{\"name\":\"hook\",\"kind\":\"webhook\",\"url\":\"" + hook + "\"}");
        post(
                Role.EDITOR,
                "/api/v1/routes",
                "{\"name\":\"all\",\"channels\":[\"hook\"],\"most_per_hour\":1000}");
        Instant begin = Instant.now().minus(STEP.multipliedBy(HISTORY));
        for (int cluster = 0; cluster < clusters; cluster++) {
            post(Role.INGEST, "/api/v1/metrics", points(cluster, begin, HISTORY, false));
        }
        heard.clear();
        int ticks = (clusters + CLUSTERS_PER_TICK - 1) / CLUSTERS_PER_TICK + BROKEN_TICKS;
        for (int tick = 0; tick < ticks; tick++) {
            Instant now = Instant.now();
            for (int cluster = 0; cluster < clusters; cluster++) {
                int since = tick - cluster / CLUSTERS_PER_TICK;
                boolean isBroken = since >= 0 && since < BROKEN_TICKS;
                post(Role.INGEST, "/api/v1/metrics", points(cluster, now, 1, isBroken));
            }
            pause(STEP.minus(Duration.between(now, Instant.now())));
        }
        pause(Duration.ofSeconds(15));
        return latencies();
    }

    /** How many incidents were heard of. */
    int incidents() {
        return heard.size();
    }

    private Latencies latencies() throws IOException {
        Latencies latencies = new Latencies();
        for (Map.Entry<String, Instant> one : heard.entrySet()) {
            Instant first = Instant.MAX;
            for (JsonNode member : get("/api/v1/incidents/" + one.getKey()).path("members")) {
                JsonNode anomaly = get("/api/v1/anomalies/" + member.path("anomaly_id").asText());
                Instant stored =
                        OffsetDateTime.parse(anomaly.path("created_at").asText()).toInstant();
                first = stored.isBefore(first) ? stored : first;
            }
            if (!first.equals(Instant.MAX)) {
                latencies.addNanos(Duration.between(first, one.getValue()).toNanos());
            }
        }
        return latencies;
    }

    private String points(int cluster, Instant from, int count, boolean isBroken) {
        StringBuilder body = new StringBuilder("{\"series\":[");
        for (int metric = 0; metric < METRICS; metric++) {
            body.append(metric == 0 ? "" : ",")
                    .append("{\"cluster_id\":\"c%d\",\"node_id\":\"n\",".formatted(cluster))
                    .append("\"metric_name\":\"m%d\",\"points\":[".formatted(metric));
            for (int i = 0; i < count; i++) {
                Instant at = from.plus(STEP.multipliedBy(i));
                double value =
                        50
                                + 5 * Math.sin(at.getEpochSecond() / 1800.0 + metric)
                                + random.nextGaussian()
                                + (isBroken ? 60 : 0);
                body.append(i == 0 ? "" : ",")
                        .append(String.format(Locale.ROOT, "[%d,%.3f]", at.toEpochMilli(), value));
            }
            body.append("]}");
        }
        return body.append("]}").toString();
    }

    private void post(Role role, String path, String body) throws IOException {
        ServiceAddress as = service.as(role);
        send(
                HttpRequest.newBuilder(as.url().resolve(path))
                        .header("Authorization", "Bearer " + as.credential())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    private JsonNode get(String path) throws IOException {
        ServiceAddress as = service.reader();
        return json.readTree(
                send(
                        HttpRequest.newBuilder(as.url().resolve(path))
                                .header("Authorization", "Bearer " + as.credential())
                                .build()));
    }

    private String send(HttpRequest request) throws IOException {
        try {
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IOException(
                        request.uri().getPath()
                                + " answered "
                                + answer.statusCode()
                                + " "
                                + answer.body());
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private static void pause(Duration pause) throws InterruptedIOException {
        try {
            Thread.sleep(pause.isNegative() ? Duration.ZERO : pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    @Override
    public void close() {
        receiver.stop(0);
        client.close();
    }
}

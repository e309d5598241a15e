package dev.vedette.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vedette.simulation.Payments;
import dev.vedette.simulation.SimulatedPayment;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Payments of accounts with habits, one a request, to a service that was given rules and has
 * trained a model on those before.
 */
final class DecisionLoad {
    private static final int RULES = 10;

    /**
     * Enough for accounts to have habits: a model that learns sooner finds all later ones strange.
     */
    private static final int HISTORY = 20_000;

    private static final int AT_ONCE = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client = HttpClient.newHttpClient();
    private final ServiceAddress service;
    private final List<SimulatedPayment> payments;

    /** So many payments to that service. */
    DecisionLoad(ServiceAddress service, int count) {
        this.service = service;
        this.payments = payments(HISTORY + count);
    }

    // The newest last, none of them in the future.
    private static List<SimulatedPayment> payments(int count) {
        long now = Instant.now().toEpochMilli();
        long day = Duration.ofDays(1).toMillis();
        int accounts = 10 * Payments.DEMO_ACCOUNTS;
        List<SimulatedPayment> all =
                new Payments(42, accounts, 20).stretch(now - (2 + count / 5_000L) * day, now);
        return all.subList(all.size() - count, all.size());
    }

    /**
     * Publishes the rules, sends the first payments, has a model trained on them and waits for it.
     *
     * @return the rest, ready to be sent
     */
    PacedLoad prepare() throws IOException {
        for (int i = 0; i < RULES; i++) {
            publish(i);
        }
        for (int from = 0; from < HISTORY; from += AT_ONCE) {
            post("/api/v1/transactions", request(payments.subList(from, from + AT_ONCE)));
        }
        post("/api/v1/models/trainings", json.createObjectNode().put("next", "promote"));
        awaitModel();
        List<byte[]> bodies =
                payments.subList(HISTORY, payments.size()).stream()
                        .map(one -> request(List.of(one)).toString())
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .toList();
        return new PacedLoad(
                service, "/api/v1/transactions?decide=true", number -> bodies.get((int) number));
    }

    private void publish(int number) throws IOException {
        String expression =
                "amount > %d.0 && country != account.home_country && features.count_1h > %d"
                        .formatted(500 + 100 * number, number);
        ObjectNode rule =
                json.createObjectNode()
                        .put("name", "rule-" + number)
                        .put("expression", expression)
                        .put("score", 0.5);
        post("/api/v1/rules", rule);
        post("/api/v1/rules/rule-" + number + "/publish", json.createObjectNode());
    }

    private void awaitModel() throws IOException {
        System.err.println("waiting for the models …");
        Instant limit = Instant.now().plus(PATIENCE);
        while (!isPromoted()) {
            if (Instant.now().isAfter(limit)) {
                throw new IOException("no model was trained within " + PATIENCE);
            }
            LockSupport.parkNanos(1_000_000_000);
        }
    }

    private boolean isPromoted() throws IOException {
        for (JsonNode model : send(to("/api/v1/models").GET().build()).path("items")) {
            if (model.path("state").asText().equals("promoted")) {
                return true;
            }
        }
        return false;
    }

    private ObjectNode request(List<SimulatedPayment> payments) {
        ObjectNode request = json.createObjectNode();
        ArrayNode items = request.putArray("transactions");
        for (SimulatedPayment one : payments) {
            items.addObject()
                    .put("transaction_id", one.id())
                    .put("account_id", one.account())
                    .put("amount", one.amount())
                    .put("currency", "EUR")
                    .put("time", one.epochMillis())
                    .put("merchant", one.merchant())
                    .put("country", one.country())
                    .put("channel", one.channel());
        }
        return request;
    }

    private void post(String path, JsonNode body) throws IOException {
        send(
                to(path).header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build());
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(service.url().resolve(path))
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", "Bearer " + service.credential());
    }

    private JsonNode send(HttpRequest request) throws IOException {
        try {
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IOException(
                        request.uri() + " answered " + answer.statusCode() + " " + answer.body());
            }
            return json.readTree(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}

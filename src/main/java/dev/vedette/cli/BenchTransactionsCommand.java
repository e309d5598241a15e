package dev.vedette.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vedette.simulation.Payments;
import dev.vedette.simulation.SimulatedPayment;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures decisions: payments in, features, statistics, models and rules, commit, answer out. */
@Command(
        name = "transactions",
        description =
                "Measures decisions over HTTP: 10 rules, the standard features, statistics and models"
                        + " trained on the way, and the commit; one payment a request, open loop.",
        mixinStandardHelpOptions = true)
final class BenchTransactionsCommand implements Callable<Integer> {
    private static final int RULES = 10;
    private static final int HISTORY = 4_000;
    private static final int AT_ONCE = 500;
    private static final int WARM_UP_STEP = 10;

    /** A service is warm when compiling takes no more than this share of its CPU. */
    private static final double COMPILING_WHEN_WARM = 0.1;

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client = HttpClient.newHttpClient();

    @Option(
            names = "--rate",
            defaultValue = "1000",
            description = "Payments a second. Default: ${DEFAULT-VALUE}.")
    private int rate = 1_000;

    @Option(
            names = "--seconds",
            defaultValue = "20",
            description = "How long is measured. Default: ${DEFAULT-VALUE}.")
    private int seconds = 20;

    @Option(
            names = "--warm-up",
            defaultValue = "120",
            description =
                    "Most seconds of the same load before, until compiling takes less than a tenth"
                            + " of the service's CPU. Default: ${DEFAULT-VALUE}.")
    private int warmUp = 120;

    @Option(names = "--json", description = "Also write the figures to this file, as flat JSON.")
    private Optional<Path> file = Optional.empty();

    @Override
    public Integer call() throws IOException {
        System.err.println("starting the service and its database …");
        try (BenchService service = BenchService.start(true)) {
            BenchReport report = new BenchReport();
            ServiceAddress editor = service.editor();
            publish(editor);
            List<SimulatedPayment> payments = payments(HISTORY + rate * (warmUp + seconds));
            learn(editor, payments.subList(0, HISTORY));
            measure(service, payments.subList(HISTORY, payments.size()), report);
            report.print(System.out);
            if (file.isPresent()) {
                report.write(file.get());
            }
        }
        return 0;
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

    private void publish(ServiceAddress editor) throws IOException {
        for (int i = 0; i < RULES; i++) {
            ObjectNode rule =
                    json.createObjectNode()
                            .put("name", "rule-" + i)
                            .put(
                                    "expression",
                                    "amount > %d.0 && country != account.home_country"
                                                    .formatted(500 + 100 * i)
                                            + " && features.count_1h > "
                                            + i)
                            .put("score", 0.5);
            post(editor, "/api/v1/rules", rule);
            post(editor, "/api/v1/rules/rule-" + i + "/publish", json.createObjectNode());
        }
    }

    private void learn(ServiceAddress editor, List<SimulatedPayment> history) throws IOException {
        for (int from = 0; from < history.size(); from += AT_ONCE) {
            post(
                    editor,
                    "/api/v1/transactions",
                    request(history.subList(from, Math.min(history.size(), from + AT_ONCE))));
        }
        System.err.println("waiting for the models …");
        Instant limit = Instant.now().plus(PATIENCE);
        while (!isPromoted(editor)) {
            if (Instant.now().isAfter(limit)) {
                throw new IOException("no model was trained within " + PATIENCE);
            }
            LockSupport.parkNanos(1_000_000_000);
        }
    }

    private boolean isPromoted(ServiceAddress editor) throws IOException {
        for (JsonNode model : send(request(editor, "/api/v1/models").GET().build()).path("items")) {
            if (model.path("state").asText().equals("promoted")) {
                return true;
            }
        }
        return false;
    }

    private void measure(BenchService service, List<SimulatedPayment> payments, BenchReport report)
            throws IOException {
        List<byte[]> bodies =
                payments.stream()
                        .map(one -> request(List.of(one)).toString())
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .toList();
        PacedLoad load =
                new PacedLoad(
                        service.editor(),
                        "/api/v1/transactions?decide=true",
                        number -> bodies.get((int) number));
        warmUp(service, load, report);
        System.err.println("measuring …");
        Latencies latencies = new Latencies();
        PacedLoad.Counts counts = new PacedLoad.Counts();
        double serviceBefore = service.serviceCpu();
        double databaseBefore = service.databaseCpu();
        double compiledBefore = service.compilerCpu();
        long started = System.nanoTime();
        load.run(rate, seconds, latencies, counts);
        double took = (System.nanoTime() - started) * 1e-9;
        double serviceCpu = service.serviceCpu() - serviceBefore;
        double databaseCpu = service.databaseCpu() - databaseBefore;
        double compilerCpu = service.compilerCpu() - compiledBefore;
        report.add("decisions", "decisions", counts.stored());
        report.add("decisions_per_second", "decisions per second", counts.stored() / took);
        report.add("failed", "requests not answered with 200", counts.sent() - counts.stored());
        report.add("p50_ms", "median from due to answered, ms", latencies.quantile(0.5));
        report.add("p99_ms", "99 % from due to answered, ms", latencies.quantile(0.99));
        report.add(
                "decisions_per_cpu_second",
                "decisions per CPU second of service and database",
                counts.stored() / (serviceCpu + databaseCpu));
        report.add(
                "service_cpu_us",
                "service CPU per decision, µs",
                serviceCpu * 1e6 / counts.stored());
        report.add(
                "compiler_cpu_us",
                "of it the just-in-time compiler's, µs",
                compilerCpu * 1e6 / counts.stored());
        report.add(
                "database_cpu_us",
                "database CPU per decision, µs",
                databaseCpu * 1e6 / counts.stored());
    }

    /** In the first minute the compiler takes more CPU than the decisions. */
    private void warmUp(BenchService service, PacedLoad load, BenchReport report)
            throws IOException {
        System.err.println("warming up …");
        double share = 1;
        int taken = 0;
        while (taken + WARM_UP_STEP <= warmUp && share > COMPILING_WHEN_WARM) {
            double cpu = service.serviceCpu();
            double compiled = service.compilerCpu();
            load.run(rate, WARM_UP_STEP, new Latencies(), new PacedLoad.Counts());
            share = (service.compilerCpu() - compiled) / (service.serviceCpu() - cpu);
            taken += WARM_UP_STEP;
        }
        report.add("warm_up_seconds", "seconds of the same load before", taken);
        report.add("warm_up_compiling", "share of compiling in the last ten of them", share);
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

    private void post(ServiceAddress to, String path, JsonNode body) throws IOException {
        send(
                request(to, path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build());
    }

    private static HttpRequest.Builder request(ServiceAddress to, String path) {
        return HttpRequest.newBuilder(to.url().resolve(path))
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", "Bearer " + to.credential());
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
            throw new java.io.InterruptedIOException("interrupted");
        }
    }
}

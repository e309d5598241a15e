package dev.vedette.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Has a running service judge a past range again, and shows how far it is. */
@Command(
        name = "replay",
        description = {
            "Has a running service judge a past range again, with today's or another engine, and"
                    + " shows how far it is. The results replace the older ones of the range at once.",
            "Ctrl-C leaves it running; --cancel ID stops it, --resume ID goes on."
        },
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(500);

    @Option(names = "--from", description = "Start of the range, RFC 3339.")
    private Optional<Instant> from = Optional.empty();

    @Option(names = "--to", description = "End of the range, RFC 3339. Default: now.")
    private Optional<Instant> to = Optional.empty();

    @Option(names = "--cluster", description = "Only series of that cluster.")
    private Optional<String> cluster = Optional.empty();

    @Option(names = "--node", description = "Only series of that node.")
    private Optional<String> node = Optional.empty();

    @Option(names = "--metric", description = "Only series of that metric.")
    private Optional<String> metric = Optional.empty();

    @Option(names = "--label", description = "Only series with that label, name=value.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(names = "--engine", description = "Id of the engine. Default: the live one.")
    private Optional<String> engine = Optional.empty();

    @Option(names = "--threshold", description = "Threshold in (0,1]. Default: as set.")
    private Optional<Double> threshold = Optional.empty();

    @Option(
            names = "--warm-up",
            description =
                    "How far before --from the engine starts, such as P15D. Default: at the"
                            + " beginning of what is stored.")
    private Optional<Duration> warmUp = Optional.empty();

    @Option(names = "--send-alerts", description = "Send alerts for what is found.")
    private boolean sendAlerts;

    @Option(names = "--no-wait", description = "Do not wait for the end.")
    private boolean noWait;

    @Option(names = "--cancel", paramLabel = "ID", description = "Cancel that backfill instead.")
    private Optional<String> cancel = Optional.empty();

    @Option(names = "--resume", paramLabel = "ID", description = "Resume that backfill instead.")
    private Optional<String> resume = Optional.empty();

    @Option(names = "--url", description = "Root of the service, http://host:port.")
    private Optional<URI> url = Optional.empty();

    @Option(names = "--token", description = "A token or API key of an editor.")
    private Optional<String> token = Optional.empty();

    @Option(
            names = "--tenant",
            defaultValue = "demo",
            description = "Whose, when no token is said. Default: ${DEFAULT-VALUE}.")
    private String tenant = "demo";

    @Option(
            names = "--data",
            defaultValue = "${env:VEDETTE_DATA:-data}",
            description =
                    "Data folder of a running `vedette start`, for URL and credential. Default:"
                            + " ./${DEFAULT-VALUE}.")
    private Path data = Path.of("data");

    private final HttpClient client = HttpClient.newHttpClient();

    @Override
    public Integer call() throws IOException {
        ServiceAddress service =
                ServiceAddress.of(url, token, new TenantId(tenant), data, Role.EDITOR);
        if (cancel.isPresent()) {
            JsonNode backfill = send(service, "DELETE", "/" + cancel.get(), "");
            System.out.println(backfill.path("state").asText());
            return 0;
        }
        JsonNode backfill =
                resume.isPresent()
                        ? send(service, "POST", "/" + resume.get() + "/resume", "")
                        : send(service, "POST", "", body());
        System.out.println("backfill " + backfill.path("id").asText());
        return noWait ? 0 : watch(service, backfill.path("id").asText());
    }

    private String body() {
        ObjectNode body = JSON.createObjectNode();
        ObjectNode selection = body.putObject("selection");
        cluster.ifPresent(text -> selection.put("cluster_id", text));
        node.ifPresent(text -> selection.put("node_id", text));
        metric.ifPresent(text -> selection.put("metric_name", text));
        ObjectNode pairs = selection.putObject("labels");
        labels.forEach(pairs::put);
        body.put(
                "from",
                from.orElseThrow(() -> new IllegalArgumentException("--from is missing"))
                        .toString());
        to.ifPresent(time -> body.put("to", time.toString()));
        engine.ifPresent(id -> body.put("engine", id));
        threshold.ifPresent(value -> body.put("threshold", value));
        warmUp.ifPresent(duration -> body.put("warm_up", duration.toString()));
        body.put("send_alerts", sendAlerts);
        return body.toString();
    }

    private int watch(ServiceAddress service, String id) throws IOException {
        ProgressBar bar = ProgressBar.onConsole();
        while (true) {
            JsonNode backfill = send(service, "GET", "/" + id, "");
            String state = backfill.path("state").asText();
            bar.show(
                    backfill.path("progress").asDouble(),
                    String.format(
                            Locale.ROOT,
                            "%s, %,d of %,d series, %,d points, %,d anomalies",
                            state,
                            backfill.path("series_done").asLong(),
                            backfill.path("series_total").asLong(),
                            backfill.path("points_judged").asLong(),
                            backfill.path("anomalies_found").asLong()));
            if (!state.equals("queued") && !state.equals("running")) {
                bar.end();
                System.out.println(
                        state
                                + (backfill.hasNonNull("failure")
                                        ? ": " + backfill.path("failure").asText()
                                        : ""));
                return state.equals("completed") ? 0 : 1;
            }
            pause();
        }
    }

    private static void pause() throws InterruptedIOException {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private JsonNode send(ServiceAddress service, String method, String path, String body)
            throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(service.url().resolve("/api/v1/backfills" + path))
                        .timeout(Duration.ofSeconds(60))
                        .header("Authorization", "Bearer " + service.credential())
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build();
        HttpResponse<String> response;
        try {
            response = client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        JsonNode answer = JSON.readTree(response.body());
        if (response.statusCode() >= 300) {
            throw new IOException(
                    response.statusCode() + ": " + answer.path("detail").asText(response.body()));
        }
        return answer;
    }
}

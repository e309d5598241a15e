package dev.vedette.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vedette.tenant.Role;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
    private static final String PATH = "/backfills";

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

    @Mixin private RunningService running = new RunningService();

    @Override
    public Integer call() throws IOException {
        ServiceApi service = new ServiceApi(running.address(Role.EDITOR));
        if (cancel.isPresent()) {
            JsonNode backfill = service.send("DELETE", PATH + "/" + cancel.get(), "");
            System.out.println(backfill.path("state").asText());
            return 0;
        }
        JsonNode backfill =
                resume.isPresent()
                        ? service.send("POST", PATH + "/" + resume.get() + "/resume", "")
                        : service.send("POST", PATH, body());
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

    private int watch(ServiceApi service, String id) throws IOException {
        ProgressBar bar = ProgressBar.onConsole();
        while (true) {
            JsonNode backfill = service.get(PATH + "/" + id);
            String state = backfill.path("state").asText();
            bar.show(
                    backfill.path("progress").asDouble(),
                    String.format(
                            Locale.ROOT,
                            "%s, %,d of %,d series, points: %,d, anomalies: %,d",
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
            ServiceApi.pause();
        }
    }
}

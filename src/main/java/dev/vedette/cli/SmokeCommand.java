package dev.vedette.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vedette.tenant.Role;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether a running service does its job: points in, anomaly out, points read back. */
@Command(
        name = "smoke",
        description = {
            "Tries a running service as its users would: writes a new series with a spike, waits"
                    + " for its anomaly, and reads the points back. Exit code 0 when all of it works.",
            "The anomaly is a real one of that tenant, in the cluster vedette-smoke: take a tenant"
                    + " of its own where people get alerts."
        },
        mixinStandardHelpOptions = true)
final class SmokeCommand implements Callable<Integer> {
    @Mixin private RunningService running = new RunningService();

    @Option(
            names = "--within",
            defaultValue = "PT60S",
            description = "How long to wait for the anomaly. Default: ${DEFAULT-VALUE}.")
    private Duration within = Duration.ofSeconds(60);

    @Override
    public Integer call() throws IOException {
        ServiceAddress service = running.address(Role.EDITOR);
        SmokeSeries series = SmokeSeries.endingAt(Instant.now().truncatedTo(ChronoUnit.MINUTES));
        ServiceApi api = new ServiceApi(service);
        long started = System.nanoTime();
        Uploader uploader = new Uploader(service);
        uploader.send(series.body(), SmokeSeries.POINTS);
        if (uploader.accepted() != SmokeSeries.POINTS) {
            return failed(
                    "of %d points %d were stored"
                            .formatted(SmokeSeries.POINTS, uploader.accepted()));
        }
        say(started, "%d points of %s stored".formatted(SmokeSeries.POINTS, series.node()));
        Optional<JsonNode> anomaly = await(() -> api.first("/anomalies?" + series.query()));
        if (anomaly.isEmpty()) {
            return failed("no anomaly of the spike after " + within);
        }
        say(started, "found: " + anomaly.get().path("explanation").asText());
        int stored = api.get("/metrics?" + series.query()).at("/series/0/points").size();
        if (stored != SmokeSeries.POINTS) {
            return failed("of %d points %d came back".formatted(SmokeSeries.POINTS, stored));
        }
        say(started, "all points came back");
        return 0;
    }

    private Optional<JsonNode> await(Attempt attempt) throws IOException {
        Instant end = Instant.now().plus(within);
        Optional<JsonNode> found = attempt.get();
        while (found.isEmpty() && Instant.now().isBefore(end)) {
            ServiceApi.pause();
            found = attempt.get();
        }
        return found;
    }

    private static void say(long started, String what) {
        System.out.printf(Locale.ROOT, "%5.1f s  %s%n", (System.nanoTime() - started) * 1e-9, what);
    }

    private static int failed(String what) {
        System.err.println("failed: " + what);
        return 1;
    }

    /** One try. */
    private interface Attempt {
        Optional<JsonNode> get() throws IOException;
    }
}

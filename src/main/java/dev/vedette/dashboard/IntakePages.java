package dev.vedette.dashboard;

import dev.vedette.aggregation.ScoreQueries;
import dev.vedette.detection.NodeSeen;
import dev.vedette.detection.ScoreBucket;
import dev.vedette.detection.SeriesDirectory;
import dev.vedette.ingestion.IntakeTally;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What comes in, what is refused and why, and who fell silent. */
@Path("/admin/ingestion")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed("admin")
public class IntakePages {
    private static final Duration LOOKED_AT = Duration.ofDays(1);
    private static final int NODES = 50;

    private final Visits visits;
    private final PageAnswers answers;
    private final IntakeTally tally;
    private final SeriesDirectory directory;
    private final ScoreQueries scores;

    IntakePages(
            Visits visits,
            PageAnswers answers,
            IntakeTally tally,
            SeriesDirectory directory,
            ScoreQueries scores) {
        this.visits = visits;
        this.answers = answers;
        this.tally = tally;
        this.directory = directory;
        this.scores = scores;
    }

    /** The last hour of the tenant's points, and its nodes by their last score. */
    @GET
    @Operation(hidden = true)
    public Uni<Response> show(RoutingContext context) {
        return visits.of(context, Window.Length.DAY)
                .chain(visit -> {
                    TenantId tenant = visit.tenant().id();
                    Instant since = visit.clock().now().minus(LOOKED_AT);
                    return answers.page(
                            visit,
                            visit.language().say("title.ingestion"),
                            AdminPages.SECTION,
                            Uni.combine()
                                    .all()
                                    .unis(
                                            directory.longestSilent(tenant, since, NODES),
                                            scores.newestBucket(tenant))
                                    .with((seen, newest) ->
                                            Optional.of(view(visit.clock(), tenant, seen, newest))),
                            Pages::intake);
                });
    }

    private IntakeView view(
            Clock clock, TenantId tenant, List<NodeSeen> seen, Optional<Instant> newest) {
        List<IntakeTally.Way> ways = tally.of(tenant);
        Duration span = shorter(IntakeTally.SPAN, Duration.between(tally.since(), clock.now()));
        return new IntakeView(
                headline(ways),
                "Counted by the instance that drew this page, in the last " + Clock.span(span),
                lag(clock, newest),
                ways.stream().map(way -> line(clock, way, span)).toList(),
                refusals(ways),
                seen.stream().map(node -> node(clock, node)).toList());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static String headline(List<IntakeTally.Way> ways) {
        long accepted = ways.stream().mapToLong(IntakeTally.Way::accepted).sum();
        long refused = ways.stream().mapToLong(IntakeTally.Way::refusedPoints).sum();
        if (accepted + refused == 0) {
            return "Nothing came in during the last hour.";
        }
        return refused == 0
                ? "Points come in, and none was refused."
                : Words.many(refused, "point was refused", "points were refused")
                        + " in the last hour.";
    }

    private static String lag(Clock clock, Optional<Instant> newest) {
        return newest.map(bucket -> bucket.plus(ScoreBucket.WIDTH))
                .map(end ->
                        end.isAfter(clock.now())
                                ? "Scores are rolled up to the present five minutes."
                                : "Scores are rolled up to "
                                        + clock.at(end)
                                        + ", "
                                        + Clock.span(Duration.between(end, clock.now()))
                                        + " ago.")
                .orElse("No score was rolled up yet.");
    }

    private static IntakeView.Way line(Clock clock, IntakeTally.Way way, Duration span) {
        double rate = way.accepted() / (double) Math.max(1, span.toSeconds());
        return new IntakeView.Way(
                name(way.way()),
                new Figures(1, rate < 10 ? 2 : 0, "").number(rate),
                Figures.whole(way.accepted()),
                Figures.whole(way.refusedPoints()),
                clock.at(way.lastAt()));
    }

    private static String name(String way) {
        return switch (way) {
            case "json" -> "JSON";
            case "remote_write" -> "Prometheus remote write";
            case "otlp" -> "OpenTelemetry";
            case "influx" -> "InfluxDB line protocol";
            case "kafka" -> "Kafka";
            default -> "Fetched by the service";
        };
    }

    private static List<IntakeView.Refused> refusals(List<IntakeTally.Way> ways) {
        return ways.stream()
                .flatMap(way ->
                        way.refused().entrySet().stream()
                                .sorted(java.util.Map.Entry.comparingByKey())
                                .map(entry ->
                                        new IntakeView.Refused(
                                                entry.getKey().code(),
                                                Figures.whole(entry.getValue()),
                                                name(way.way()),
                                                entry.getKey().fix())))
                .toList();
    }

    private static IntakeView.Node node(Clock clock, NodeSeen seen) {
        Instant end = seen.bucket().plus(ScoreBucket.WIDTH);
        return new IntakeView.Node(
                seen.nodeId(),
                seen.clusterId(),
                Links.node(seen.clusterId(), seen.nodeId(), ""),
                clock.at(seen.bucket()) + "–" + clock.time(end),
                end.isAfter(clock.now())
                        ? "now"
                        : Clock.span(Duration.between(end, clock.now())) + " ago");
    }
}

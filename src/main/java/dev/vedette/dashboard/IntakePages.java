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
                headline(ways, clock.language()),
                clock.language().say("intake.counted", Clock.span(span)),
                lag(clock, newest),
                ways.stream().map(way -> line(clock, way, span)).toList(),
                refusals(ways, clock.language()),
                seen.stream().map(node -> node(clock, node)).toList());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static String headline(List<IntakeTally.Way> ways, Language language) {
        long accepted = ways.stream().mapToLong(IntakeTally.Way::accepted).sum();
        long refused = ways.stream().mapToLong(IntakeTally.Way::refusedPoints).sum();
        if (accepted + refused == 0) {
            return language.say("intake.nothing");
        }
        return refused == 0
                ? language.say("intake.allAccepted")
                : language.many("intake.refused", refused);
    }

    private static String lag(Clock clock, Optional<Instant> newest) {
        Language language = clock.language();
        return newest.map(bucket -> bucket.plus(ScoreBucket.WIDTH))
                .map(end ->
                        end.isAfter(clock.now())
                                ? language.say("intake.present")
                                : language.say(
                                        "intake.behind",
                                        clock.at(end),
                                        Clock.span(Duration.between(end, clock.now()))))
                .orElse(language.say("intake.noScore"));
    }

    private static IntakeView.Way line(Clock clock, IntakeTally.Way way, Duration span) {
        double rate = way.accepted() / (double) Math.max(1, span.toSeconds());
        return new IntakeView.Way(
                name(way.way(), clock.language()),
                new Figures(1, rate < 10 ? 2 : 0, "").in(clock.language()).number(rate),
                Figures.whole(way.accepted()),
                Figures.whole(way.refusedPoints()),
                clock.at(way.lastAt()));
    }

    private static String name(String way, Language language) {
        return switch (way) {
            case "json", "remote_write", "otlp", "influx", "kafka" ->
                    language.say("intake.way." + way);
            default -> language.say("intake.way.fetched");
        };
    }

    private static List<IntakeView.Refused> refusals(
            List<IntakeTally.Way> ways, Language language) {
        return ways.stream()
                .flatMap(way ->
                        way.refused().entrySet().stream()
                                .sorted(java.util.Map.Entry.comparingByKey())
                                .map(entry ->
                                        new IntakeView.Refused(
                                                entry.getKey().code(),
                                                Figures.whole(entry.getValue()),
                                                name(way.way(), language),
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
                        ? clock.language().say("intake.now")
                        : clock.language()
                                .say("intake.ago", Clock.span(Duration.between(end, clock.now()))));
    }
}

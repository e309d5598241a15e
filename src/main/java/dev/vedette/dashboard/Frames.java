package dev.vedette.dashboard;

import dev.vedette.aggregation.AggregationStrategy;
import dev.vedette.aggregation.ScoreLevel;
import dev.vedette.aggregation.ScoreQueries;
import dev.vedette.detection.SeriesDirectory;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes what every page has around it. */
@ApplicationScoped
class Frames {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration HOUR = Duration.ofHours(1);

    private final ScoreQueries scores;
    private final SeriesDirectory directory;

    Frames(ScoreQueries scores, SeriesDirectory directory) {
        this.scores = scores;
        this.directory = directory;
    }

    /** The frame of that visit. */
    Uni<Frame> frame(Visit visit, String title, String section) {
        if (!visit.rights().tenant()) {
            return Uni.createFrom().item(frame(visit, title, section, nothing(), List.of()));
        }
        TenantId tenant = visit.tenant().id();
        Instant now = visit.clock().now();
        TimeRange week = Visit.cells(new TimeRange(now.minus(WEEK), now), HOUR);
        return Uni.combine()
                .all()
                .unis(
                        scores.lanes(tenant, wholeTenant(week), HOUR, 1),
                        directory.count(tenant),
                        scores.newestBucket(tenant))
                .asTuple()
                .map(parts ->
                        frame(
                                visit,
                                title,
                                section,
                                hours(parts.getItem1()),
                                facts(visit, parts.getItem2(), parts.getItem3())));
    }

    static ScoreQueries.Question wholeTenant(TimeRange range) {
        return ScoreQueries.Question.of(ScoreLevel.TENANT, AggregationStrategy.MAX, range);
    }

    private static Frame frame(
            Visit visit, String title, String section, double[] hourly, List<String> facts) {
        return new Frame(
                title,
                section,
                visit.rights(),
                visit.tenant().name(),
                visit.language(),
                visit.theme(),
                visit.theme().equals("dark") ? "light" : "dark",
                visit.clock().zoneName(),
                TimeZones.id(visit.clock().zone()),
                visit.self(),
                visit.window().query(),
                visit.table(),
                with(visit, "table", visit.table() ? "off" : "on"),
                WatchStrip.of(visit.window(), hourly, visit.clock(), visit.stem()),
                facts);
    }

    private static double[] hours(List<ScoreQueries.Lane> lanes) {
        return lanes.isEmpty() ? nothing() : Scores.wide(lanes.getFirst().scores());
    }

    private static double[] nothing() {
        double[] none = new double[(int) WEEK.toHours()];
        Arrays.fill(none, Double.NaN);
        return none;
    }

    private static List<String> facts(Visit visit, long series, Optional<Instant> newest) {
        List<String> facts = new ArrayList<>();
        facts.add(visit.language().many("frame.watched", series));
        newest.ifPresent(bucket ->
                facts.add(visit.language().say("frame.newest", visit.clock().at(bucket))));
        return facts;
    }

    /** The visit's page with that parameter in place of the one it may have. */
    static String with(Visit visit, String name, String value) {
        String rest = rest(visit, name);
        return visit.path() + "?" + rest + (rest.isEmpty() ? "" : "&") + name + "=" + encode(value);
    }

    /** The visit's page without that parameter. */
    static String without(Visit visit, String name) {
        String rest = rest(visit, name);
        return rest.isEmpty() ? visit.path() : visit.path() + "?" + rest;
    }

    private static String rest(Visit visit, String name) {
        return Arrays.stream(visit.query().split("&", -1))
                .filter(pair -> !pair.isEmpty() && !pair.startsWith(name + "="))
                .collect(Collectors.joining("&"));
    }

    /** A text as part of a path or query. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

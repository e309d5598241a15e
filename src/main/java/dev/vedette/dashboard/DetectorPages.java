package dev.vedette.dashboard;

import dev.vedette.detection.SeriesDirectory;
import dev.vedette.detection.WarmUp;
import dev.vedette.series.SeriesKey;
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

/** Which series are judged yet, and when the others will be. */
@Path("/admin/detectors")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed("admin")
public class DetectorPages {
    private static final int SHOWN = 50;

    private final Visits visits;
    private final PageAnswers answers;
    private final SeriesDirectory directory;

    DetectorPages(Visits visits, PageAnswers answers, SeriesDirectory directory) {
        this.visits = visits;
        this.answers = answers;
        this.directory = directory;
    }

    /** The warm-up of the tenant's detectors. */
    @GET
    @Operation(hidden = true)
    public Uni<Response> show(RoutingContext context) {
        return visits.of(context, Window.Length.DAY)
                .chain(visit -> {
                    TenantId tenant = visit.tenant().id();
                    return answers.page(
                            visit,
                            visit.language().say("title.detectors"),
                            AdminPages.SECTION,
                            Uni.combine()
                                    .all()
                                    .unis(directory.warmUp(tenant, SHOWN), directory.count(tenant))
                                    .with((warmUp, series) ->
                                            Optional.of(view(visit.clock(), warmUp, series))),
                            Pages::detectors);
                });
    }

    /** The page, of a tenant with that many series. */
    static DetectorsView view(Clock clock, WarmUp warmUp, long series) {
        long ready = warmUp.engines().stream().mapToLong(WarmUp.Engine::ready).sum();
        List<WarmUp.Learning> learning = warmUp.learning();
        return new DetectorsView(
                headline(clock, ready, series, learning),
                Svg.percent(series == 0 ? 0 : Math.min(1, ready / (double) series)),
                warmUp.engines().stream()
                        .map(one ->
                                new DetectorsView.Engine(
                                        one.engine(),
                                        Figures.whole(one.ready()),
                                        Figures.whole(one.learning())))
                        .toList(),
                learning.stream().map(one -> line(clock, one)).toList());
    }

    private static String headline(
            Clock clock, long ready, long series, List<WarmUp.Learning> learning) {
        Language language = clock.language();
        if (series == 0) {
            return language.say("detectors.none");
        }
        if (ready >= series) {
            return language.say("detectors.all");
        }
        boolean isSoon = learning.isEmpty() || !learning.getFirst().readyAt().isAfter(clock.now());
        return language.say(
                isSoon ? "detectors.some" : "detectors.until",
                Figures.whole(ready),
                series,
                Figures.whole(series),
                isSoon ? "" : clock.at(learning.getFirst().readyAt()));
    }

    private static DetectorsView.Learning line(Clock clock, WarmUp.Learning one) {
        SeriesKey key = one.series().key();
        Instant at = one.readyAt();
        return new DetectorsView.Learning(
                key.clusterId(),
                key.nodeId(),
                NodeMaker.name(key),
                Links.series(one.series(), ""),
                one.engine(),
                at.isAfter(clock.now())
                        ? clock.language()
                                .say(
                                        "detectors.at",
                                        clock.at(at),
                                        Clock.span(Duration.between(clock.now(), at)))
                        : clock.language().say("detectors.next"));
    }
}

package dev.vedette.alerting;

import dev.vedette.detection.AnomalyQueries;
import dev.vedette.detection.JudgedSeries;
import dev.vedette.detection.PointJudge;
import dev.vedette.explanation.Phrases;
import dev.vedette.explanation.ValueLimits;
import dev.vedette.incident.Incident;
import dev.vedette.incident.IncidentQueries;
import dev.vedette.incident.Symptom;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The chart of a message: the metric where its incident most likely began, from before it until the
 * message was decided, so that every try shows the same. A message never waits long for its chart,
 * and goes without one when there is none. Blocking: called on a virtual thread. Thread-safe.
 */
@ApplicationScoped
class MessageCharts {
    private static final Logger LOG = Logger.getLogger(MessageCharts.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LEAST_BEFORE = Duration.ofHours(2);

    /** Points that are drawn; the picture is hardly wider. */
    private static final int MOST_DRAWN = 400;

    /** Points that are read, those that the detector warms up on included. */
    private static final int MOST_READ = 10_000;

    /** Judges points of series, as {@link PointJudge} does. */
    interface Judging {
        /** See {@link PointJudge#judge(TenantId, List, TimeRange, int)}. */
        Uni<Map<SeriesId, JudgedSeries>> judge(
                TenantId tenant, List<Series> series, TimeRange range, int most);
    }

    private final IncidentQueries incidents;
    private final AnomalyQueries anomalies;
    private final Judging points;
    private final Duration patience;

    @Inject
    MessageCharts(IncidentQueries incidents, AnomalyQueries anomalies, PointJudge points) {
        this(incidents, anomalies, points::judge, PATIENCE);
    }

    /** With that patience for one chart. */
    MessageCharts(
            IncidentQueries incidents,
            AnomalyQueries anomalies,
            Judging points,
            Duration patience) {
        this.incidents = incidents;
        this.anomalies = anomalies;
        this.points = points;
        this.patience = patience;
    }

    /** The chart of that message; empty when there is none to be had. */
    Optional<Notification.Chart> of(Delivery delivery) {
        try {
            return incidents
                    .find(delivery.tenant(), delivery.incident())
                    .chain(found -> draw(delivery, found))
                    .await()
                    .atMost(patience);
        } catch (RuntimeException e) {
            LOG.warnf(
                    "message goes without its chart tenant=%s delivery=%s: %s",
                    delivery.tenant(), delivery.id(), e);
            return Optional.empty();
        }
    }

    private Uni<Optional<Notification.Chart>> draw(
            Delivery delivery, Optional<IncidentQueries.Detail> incident) {
        Optional<Symptom> origin = incident.flatMap(MessageCharts::origin);
        if (origin.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        TimeRange range =
                range(incident.orElseThrow().incident().startedAt(), delivery.plannedAt());
        return anomalies
                .find(delivery.tenant(), origin.get().anomaly())
                .chain(anomaly ->
                        anomaly.map(one -> draw(one.lead(), range))
                                .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
    }

    /** The anomaly that the incident's suspected origin names, else the first. */
    private static Optional<Symptom> origin(IncidentQueries.Detail detail) {
        Incident incident = detail.incident();
        return detail.symptoms().stream()
                .filter(one ->
                        one.clusterId().equals(incident.origin().clusterId())
                                && one.nodeId().equals(incident.origin().nodeId())
                                && one.metricName().equals(incident.origin().metricName()))
                .findFirst()
                .or(() -> detail.symptoms().stream().findFirst());
    }

    /** As much before it as it has lasted, and two hours at least. */
    private static TimeRange range(Instant began, Instant until) {
        Instant end = until.isAfter(began) ? until : began;
        Duration lasted = Duration.between(began, end);
        Duration before = lasted.compareTo(LEAST_BEFORE) > 0 ? lasted : LEAST_BEFORE;
        return new TimeRange(began.minus(before), end.plusMillis(1));
    }

    private Uni<Optional<Notification.Chart>> draw(Series series, TimeRange range) {
        String title =
                Phrases.ENGLISH.say(
                        "alert.chart.title", series.key().metricName(), series.key().nodeId());
        return points.judge(series.id().tenant(), List.of(series), range, MOST_READ)
                .map(judged -> Objects.requireNonNull(judged.get(series.id())))
                .map(judged ->
                        judged.size() == 0
                                ? Optional.empty()
                                : Optional.of(
                                        new Notification.Chart(
                                                title,
                                                thinned(judged, ValueLimits.of(series.unit())))));
    }

    /** Of each stretch the point that is farthest from what was expected. */
    static List<Notification.ChartPoint> thinned(JudgedSeries judged, ValueLimits limits) {
        int stretches = Math.min(judged.size(), MOST_DRAWN);
        List<Notification.ChartPoint> points = new ArrayList<>(stretches);
        for (int i = 0; i < stretches; i++) {
            int from = (int) ((long) i * judged.size() / stretches);
            int to = (int) ((long) (i + 1) * judged.size() / stretches);
            int shown = farthest(judged, from, to);
            double lower = judged.lower()[shown];
            double upper = judged.upper()[shown];
            points.add(
                    new Notification.ChartPoint(
                            Instant.ofEpochMilli(judged.epochMillis()[shown]),
                            judged.values()[shown],
                            limits.lower(lower, upper),
                            limits.upper(lower, upper)));
        }
        return points;
    }

    private static int farthest(JudgedSeries judged, int from, int to) {
        int farthest = from;
        double most = -1;
        for (int i = from; i < to; i++) {
            double distance = Math.abs(judged.values()[i] - judged.expected()[i]);
            if (distance > most) {
                farthest = i;
                most = distance;
            }
        }
        return farthest;
    }
}

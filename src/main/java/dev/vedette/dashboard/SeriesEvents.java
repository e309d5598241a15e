package dev.vedette.dashboard;

import dev.vedette.alerting.AlertSettings;
import dev.vedette.alerting.Feedback;
import dev.vedette.alerting.Feedbacks;
import dev.vedette.alerting.Silence;
import dev.vedette.detection.Anomaly;
import dev.vedette.detection.AnomalyQueries;
import dev.vedette.detection.threshold.MetricFamily;
import dev.vedette.detection.threshold.ThresholdRule;
import dev.vedette.detection.threshold.ThresholdStore;
import dev.vedette.series.Series;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads what people did about a series in a window: rules of detection that hold for it and were
 * changed, silences about it that began, and what was said of its anomalies. Nothing is read unless
 * it was asked for.
 */
@ApplicationScoped
class SeriesEvents {
    /** Most events that are told, the newest: as many lines as a chart bears. */
    static final int MOST = 8;

    private static final int RULES = 1000;
    private static final int WORDS = 200;

    private final ThresholdStore rules;
    private final Feedbacks feedback;
    private final AnomalyQueries anomalies;
    private final AlertSettings settings;

    SeriesEvents(
            ThresholdStore rules,
            AlertSettings settings,
            Feedbacks feedback,
            AnomalyQueries anomalies) {
        this.rules = rules;
        this.settings = settings;
        this.feedback = feedback;
        this.anomalies = anomalies;
    }

    /**
     * Something that somebody did.
     *
     * @param at where it stands on the chart
     * @param text what was done, by whom, in a sentence
     */
    record Event(Instant at, String text) {}

    /**
     * The newest events, oldest first.
     *
     * @param own anomalies of the series in the window
     */
    Uni<List<Event>> of(Visit visit, Series series, List<Anomaly> own, Beside asked) {
        if (!asked.events()) {
            return Uni.createFrom().item(List.of());
        }
        TenantId tenant = series.id().tenant();
        return Uni.combine()
                .all()
                .unis(
                        rules.list(tenant, Optional.empty(), RULES),
                        settings.silences(tenant),
                        own.isEmpty()
                                ? Uni.createFrom().item(List.<Event>of())
                                : said(visit, tenant, own))
                .with((all, silences, said) -> {
                    List<Event> events = new ArrayList<>(changed(visit, series, all));
                    events.addAll(silenced(visit, series, silences));
                    events.addAll(said);
                    events.sort(Comparator.comparing(Event::at));
                    return List.copyOf(
                            events.subList(Math.max(0, events.size() - MOST), events.size()));
                });
    }

    private static List<Event> changed(Visit visit, Series series, List<ThresholdRule> all) {
        TimeRange range = visit.window().range();
        MetricFamily family = MetricFamily.of(series);
        return all.stream()
                .filter(rule -> range.contains(rule.changedAt()))
                .filter(rule -> rule.scope().holds(series.key(), family))
                .map(rule ->
                        new Event(
                                rule.changedAt(),
                                visit.language().say("event.rule", rule.name(), rule.changedBy())))
                .toList();
    }

    private static List<Event> silenced(Visit visit, Series series, List<Silence> silences) {
        TimeRange range = visit.window().range();
        return silences.stream()
                .filter(silence -> silence.mayConcern(series.key()))
                .flatMap(silence ->
                        silence.beginnings(range).stream()
                                .map(at ->
                                        new Event(
                                                at,
                                                visit.language()
                                                        .say(
                                                                "event.silence",
                                                                silence.name(),
                                                                silence.author()))))
                .toList();
    }

    // A word stands where the anomaly began that it is about.
    private Uni<List<Event>> said(Visit visit, TenantId tenant, List<Anomaly> own) {
        Map<UUID, Anomaly> byId = new HashMap<>();
        own.forEach(one -> byId.put(one.id(), one));
        return Uni.combine()
                .all()
                .unis(
                        feedback.list(tenant, Optional.empty(), WORDS),
                        anomalies.incidentsOf(tenant, byId.keySet()))
                .with((words, incidents) -> {
                    Map<UUID, Anomaly> byIncident = new HashMap<>();
                    incidents.forEach((anomaly, incident) ->
                            Optional.ofNullable(byId.get(anomaly))
                                    .ifPresent(one -> byIncident.putIfAbsent(incident, one)));
                    List<Event> events = new ArrayList<>();
                    for (Feedback word : words) {
                        word.about()
                                .anomaly()
                                .map(id -> Optional.ofNullable(byId.get(id)))
                                .orElseGet(() ->
                                        Optional.ofNullable(
                                                byIncident.get(word.about().incident())))
                                .ifPresent(one ->
                                        events.add(
                                                new Event(
                                                        one.result().windowStart(),
                                                        FeedbackMaker.given(word, visit.clock()))));
                    }
                    return events;
                });
    }
}

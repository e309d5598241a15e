package dev.vedette.dashboard;

import dev.vedette.detection.AnomalySource;
import dev.vedette.explanation.MetricNames;
import dev.vedette.incident.Incident;
import dev.vedette.incident.IncidentQueries;
import dev.vedette.incident.IncidentStatus;
import dev.vedette.incident.IncidentTimeline;
import dev.vedette.incident.SuspectedOrigin;
import dev.vedette.incident.Symptom;
import dev.vedette.series.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes the pages of incidents: which words, which order. */
final class IncidentMaker {
    private static final int MEMBERS = 50;

    private final Clock clock;
    private final Language language;
    private final MetricNames names;

    IncidentMaker(Visit visit) {
        this.clock = visit.clock();
        this.language = visit.language();
        this.names = new MetricNames(language.words());
    }

    /**
     * The list.
     *
     * @param going whether only those that go on are asked for
     * @param next where the list goes on; empty at its end
     */
    IncidentsView list(List<Incident> incidents, boolean going, String next) {
        long open = incidents.stream().filter(IncidentMaker::goesOn).count();
        return new IncidentsView(
                headline(open, next.isEmpty()),
                language.say(incidents.isEmpty() ? "incidents.none" : "incidents.lead"),
                List.of(
                        new WatchStrip.Choice(
                                language.say("incidents.goingOn"), "/incidents?state=open", going),
                        new WatchStrip.Choice(language.say("incidents.all"), "/incidents", !going)),
                incidents.stream().map(this::line).toList(),
                next,
                "/exports/incidents.csv" + (going ? "?state=open" : ""));
    }

    private String headline(long open, boolean whole) {
        if (open == 0) {
            return language.say(whole ? "incidents.noneGoesOn" : "incidents.noNewestGoesOn");
        }
        return language.say(
                whole ? "incidents.goOn" : "incidents.orMore", open, language.firstCount(open));
    }

    private IncidentsView.Line line(Incident incident) {
        return new IncidentsView.Line(
                clock.at(incident.startedAt()),
                ScoreMark.of(incident.score(), language),
                incident.title(),
                spread(incident),
                lasted(incident),
                language.say("incident." + incident.status().label()),
                Links.incident(incident.id()));
    }

    private static boolean isOfPayments(Incident incident) {
        return incident.origin().clusterId().equals(AnomalySource.PAYMENTS);
    }

    private String spread(Incident incident) {
        boolean payments = isOfPayments(incident);
        return language.many(payments ? "incident.accounts" : "incident.nodes", incident.nodes())
                + ", "
                + language.many(
                        payments ? "incident.payments" : "incident.anomalies",
                        incident.anomalies());
    }

    private TimeRange time(Incident incident) {
        Instant end = goesOn(incident) ? clock.now() : incident.lastAt();
        return new TimeRange(
                incident.startedAt(),
                end.isAfter(incident.startedAt()) ? end : incident.startedAt().plusSeconds(1));
    }

    private String lasted(Incident incident) {
        Instant end = goesOn(incident) ? clock.now() : incident.lastAt();
        return Clock.span(Duration.between(incident.startedAt(), end));
    }

    private static boolean goesOn(Incident incident) {
        return incident.status() == IncidentStatus.OPEN
                || incident.status() == IncidentStatus.ACKNOWLEDGED;
    }

    /**
     * The page of one.
     *
     * @param mayAct whether the reader's role lets them act
     * @param feedback where they say what it was
     */
    IncidentView page(IncidentQueries.Detail detail, boolean mayAct, FeedbackCorner feedback) {
        Incident incident = detail.incident();
        int more = incident.anomalies() - Math.min(MEMBERS, detail.symptoms().size());
        return new IncidentView(
                incident.title() + ".",
                ScoreMark.of(incident.score(), language),
                List.of(
                        language.say("incident." + incident.status().label()),
                        lasted(incident),
                        spread(incident)),
                lead(incident),
                detail.symptoms().stream().limit(MEMBERS).map(this::member).toList(),
                more > 0 ? language.say("incident.more", Figures.whole(more)) : "",
                story(detail),
                state(incident),
                mayAct ? actions(incident) : List.of(),
                Links.incident(incident.id()) + "/actions",
                mayAct ? "" : language.say("incident.forAnalysts"),
                Links.moved(time(incident)),
                feedback);
    }

    private String lead(Incident incident) {
        SuspectedOrigin origin = incident.origin();
        boolean alone = incident.anomalies() == 1;
        if (isOfPayments(incident)) {
            return language.say(
                    alone ? "incident.flagged" : "incident.firstFlagged",
                    clock.at(incident.startedAt()));
        }
        String what =
                origin.metricName()
                        .map(metric ->
                                language.say(
                                        "incident.metricOn", names.of(metric), origin.nodeId()))
                        .orElse(language.say("incident.whole", origin.nodeId()));
        return language.say(
                alone ? "incident.itIs" : "incident.beganWith",
                what,
                origin.clusterId(),
                clock.at(origin.since()));
    }

    private String state(Incident incident) {
        return switch (incident.status()) {
            case OPEN -> language.say("incident.untaken");
            case ACKNOWLEDGED ->
                    incident.acknowledged()
                            .map(deed ->
                                    language.say(
                                            "incident.took", deed.actor(), clock.at(deed.at())))
                            .orElse(language.say("incident.taken"));
            case RESOLVED ->
                    incident.resolved()
                            .map(deed ->
                                    language.say(
                                            "incident.calledOver",
                                            deed.actor(),
                                            clock.at(deed.at())))
                            .orElse(language.say("incident.over", clock.at(incident.lastAt())));
            case MERGED -> language.say("incident.wasMerged");
            case WITHDRAWN -> language.say("incident.wasWithdrawn");
        };
    }

    private List<IncidentView.Action> actions(Incident incident) {
        return switch (incident.status()) {
            case OPEN ->
                    List.of(
                            action("acknowledge", "incident.takeIt", "a", true),
                            action("resolve", "incident.itIsOver", "", false));
            case ACKNOWLEDGED ->
                    List.of(
                            action("resolve", "incident.itIsOver", "", true),
                            action("reopen", "incident.giveBack", "u", false));
            case RESOLVED ->
                    incident.resolved().isPresent()
                            ? List.of(action("reopen", "incident.undo", "u", false))
                            : List.of();
            case MERGED, WITHDRAWN -> List.of();
        };
    }

    private IncidentView.Action action(String value, String words, String key, boolean main) {
        return new IncidentView.Action(value, language.say(words), key, main);
    }

    private List<AnomalyView.Step> story(IncidentQueries.Detail detail) {
        List<AnomalyView.Step> steps = new ArrayList<>();
        for (IncidentTimeline.Entry entry : new IncidentTimeline(language.words()).of(detail)) {
            steps.add(
                    new AnomalyView.Step(
                            clock.at(entry.at()), entry.text(), entry.kind().equals("began")));
        }
        return steps;
    }

    private IncidentView.Member member(Symptom symptom) {
        return new IncidentView.Member(
                clock.at(symptom.start()),
                ScoreMark.of(symptom.score(), language),
                symptom.nodeId(),
                what(symptom),
                symptom.source() == AnomalySource.TRANSACTION
                        ? language.say("incident.isFlagged")
                        : language.say("kind." + symptom.kind().label()),
                language.say(symptom.open() ? "anomaly.open" : "anomaly.closed"),
                Links.anomaly(symptom.anomaly()));
    }

    private String what(Symptom symptom) {
        if (symptom.source() == AnomalySource.TRANSACTION) {
            return symptom.merchant()
                    .map(to -> language.say("incident.paymentTo", to))
                    .orElse(language.say("incident.payment"));
        }
        return symptom.metricName().map(names::of).orElse(language.say("incident.asAWhole"));
    }
}

package dev.vedette.dashboard;

import dev.vedette.detection.AnomalySource;
import dev.vedette.explanation.MetricNames;
import dev.vedette.explanation.Phrases;
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
    private final MetricNames names = new MetricNames(Phrases.ENGLISH);

    IncidentMaker(Visit visit) {
        this.clock = visit.clock();
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
                incidents.isEmpty()
                        ? "Anomalies that belong together become one incident within seconds."
                        : "Anomalies near each other in time and place are one incident, told once.",
                List.of(
                        new WatchStrip.Choice("Going on", "/incidents?state=open", going),
                        new WatchStrip.Choice("All", "/incidents", !going)),
                incidents.stream().map(this::line).toList(),
                next);
    }

    private static String headline(long open, boolean whole) {
        if (open == 0) {
            return whole ? "No incident goes on." : "None of the newest incidents goes on.";
        }
        String many = Words.sentence(Words.count(open)) + (whole ? "" : " or more");
        return many + (open == 1 && whole ? " incident goes on." : " incidents go on.");
    }

    private IncidentsView.Line line(Incident incident) {
        return new IncidentsView.Line(
                clock.at(incident.startedAt()),
                ScoreMark.of(incident.score()),
                incident.title(),
                spread(incident),
                lasted(incident),
                incident.status().label(),
                Links.incident(incident.id()));
    }

    private static boolean isOfPayments(Incident incident) {
        return incident.origin().clusterId().equals(AnomalySource.PAYMENTS);
    }

    private static String spread(Incident incident) {
        if (isOfPayments(incident)) {
            return Words.many(incident.nodes(), "account", "accounts")
                    + ", "
                    + Words.many(incident.anomalies(), "payment", "payments");
        }
        String anomalies =
                Figures.whole(incident.anomalies())
                        + (incident.anomalies() == 1 ? " anomaly" : " anomalies");
        return Words.nodes(incident.nodes()) + ", " + anomalies;
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
                ScoreMark.of(incident.score()),
                List.of(incident.status().label(), lasted(incident), spread(incident)),
                lead(incident),
                detail.symptoms().stream().limit(MEMBERS).map(this::member).toList(),
                more > 0 ? Figures.whole(more) + " more." : "",
                story(detail),
                state(incident),
                mayAct ? actions(incident) : List.of(),
                Links.incident(incident.id()) + "/actions",
                mayAct ? "" : "Taking and ending incidents is for analysts.",
                Links.moved(time(incident)),
                feedback);
    }

    private String lead(Incident incident) {
        SuspectedOrigin origin = incident.origin();
        if (isOfPayments(incident)) {
            String when = " at " + clock.at(incident.startedAt()) + ".";
            return (incident.anomalies() == 1 ? "It was flagged" : "The first was flagged") + when;
        }
        String what =
                origin.metricName()
                        .map(metric -> names.of(metric) + " on " + origin.nodeId())
                        .orElse(origin.nodeId() + " as a whole");
        String where = " in " + origin.clusterId() + " at " + clock.at(origin.since()) + ".";
        return incident.anomalies() == 1
                ? "It is " + what + where
                : "It most likely began with " + what + where;
    }

    private String state(Incident incident) {
        return switch (incident.status()) {
            case OPEN -> "It goes on, and nobody has taken it.";
            case ACKNOWLEDGED ->
                    incident.acknowledged()
                            .map(deed -> deed.actor() + " took it at " + clock.at(deed.at()) + ".")
                            .orElse("Somebody took it.");
            case RESOLVED ->
                    incident.resolved()
                            .map(deed ->
                                    deed.actor()
                                            + " called it over at "
                                            + clock.at(deed.at())
                                            + ".")
                            .orElse("It is over since " + clock.at(incident.lastAt()) + ".");
            case MERGED -> "It turned out to be part of another incident.";
            case WITHDRAWN -> "A second look at the data found nothing strange.";
        };
    }

    private static List<IncidentView.Action> actions(Incident incident) {
        return switch (incident.status()) {
            case OPEN ->
                    List.of(
                            new IncidentView.Action("acknowledge", "Take it", "a", true),
                            new IncidentView.Action("resolve", "It is over", "", false));
            case ACKNOWLEDGED ->
                    List.of(
                            new IncidentView.Action("resolve", "It is over", "", true),
                            new IncidentView.Action("reopen", "Give it back", "u", false));
            case RESOLVED ->
                    incident.resolved().isPresent()
                            ? List.of(new IncidentView.Action("reopen", "Undo", "u", false))
                            : List.of();
            case MERGED, WITHDRAWN -> List.of();
        };
    }

    private List<AnomalyView.Step> story(IncidentQueries.Detail detail) {
        List<AnomalyView.Step> steps = new ArrayList<>();
        for (IncidentTimeline.Entry entry : new IncidentTimeline(Phrases.ENGLISH).of(detail)) {
            steps.add(
                    new AnomalyView.Step(
                            clock.at(entry.at()), entry.text(), entry.kind().equals("began")));
        }
        return steps;
    }

    private IncidentView.Member member(Symptom symptom) {
        return new IncidentView.Member(
                clock.at(symptom.start()),
                ScoreMark.of(symptom.score()),
                symptom.nodeId(),
                symptom.source() == AnomalySource.TRANSACTION
                        ? symptom.merchant().map(to -> "payment to " + to).orElse("payment")
                        : symptom.metricName().map(names::of).orElse("as a whole"),
                symptom.source() == AnomalySource.TRANSACTION
                        ? "flagged"
                        : symptom.kind().label().replace('_', ' '),
                symptom.open() ? "open" : "closed",
                Links.anomaly(symptom.anomaly()));
    }
}

package dev.vedette.alerting;

import dev.vedette.incident.IncidentStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what one route tells of one alert at one moment. A function of its arguments: the same
 * route, silences, incidents, past and moment give the same messages, so a decision that was lost
 * with its transaction is made again as it was.
 *
 * <p>Nothing is dropped while it goes on: what a silence, quiet hours or the throttle hold back is
 * looked at again when they end. What is over by then is not told at all, and its alert says why.
 */
final class AlertPlanner {
    /** What ended longer ago than this is no news: a replay or a long outage. */
    static final Duration STALE = Duration.ofHours(1);

    private final Route route;
    private final Holds holds;
    private final Instant now;

    /**
     * A planner of one route at one moment.
     *
     * @param loud when the route asked for attention within the last hour, in order
     */
    AlertPlanner(Route route, List<Silence> silences, List<Instant> loud, Instant now) {
        this.route = route;
        this.holds = new Holds(route, silences, loud, now);
        this.now = now;
    }

    /**
     * What is decided.
     *
     * @param alert as it is afterwards
     * @param message what is told; empty: nothing
     */
    record Step(Alert alert, Optional<Message> message) {
        private static Step silent(Alert alert) {
            return new Step(alert, Optional.empty());
        }
    }

    /** Decides about the alert, whose incidents these are. */
    Step step(Alert alert, List<IncidentFacts> incidents) {
        List<IncidentFacts> news =
                incidents.stream().filter(incident -> incident.isNews()).toList();
        boolean goesOn = news.stream().anyMatch(incident -> !incident.isOver());
        return switch (alert.phase()) {
            case PENDING -> first(alert, news);
            case FIRING -> goesOn ? next(alert.over(Optional.empty()), news) : last(alert, news);
            case RESOLVED, PASSED ->
                    goesOn || alert.isOutgrown(news)
                            ? first(alert.begun(now), news)
                            : Step.silent(alert.waiting(alert.held(), Optional.empty()));
        };
    }

    /** Nobody was told yet. */
    private Step first(Alert alert, List<IncidentFacts> news) {
        List<IncidentFacts> standing = news.stream().filter(IncidentFacts::stands).toList();
        List<IncidentFacts> met = standing.stream().filter(route.trigger()::isMet).toList();
        List<IncidentFacts> fresh =
                met.stream().filter(i -> i.lastAt().isAfter(now.minus(STALE))).toList();
        List<IncidentFacts> free = fresh.stream().filter(i -> !isTaken(i)).toList();
        if (free.isEmpty()) {
            Alert.Held why =
                    met.isEmpty()
                            ? Alert.Held.TRIGGER
                            : fresh.isEmpty() ? Alert.Held.OLD : Alert.Held.TAKEN;
            return held(alert, standing, why, Optional.empty());
        }
        Instant due = due(alert);
        if (now.isBefore(due)) {
            return Step.silent(alert.waiting(Optional.empty(), Optional.of(due)));
        }
        Optional<Holds.Hold> hold =
                holds.muted(free).or(() -> holds.quiet(free)).or(holds::throttled);
        if (hold.isPresent()) {
            return held(alert, standing, hold.get().why(), Optional.of(hold.get().until()));
        }
        return tell(alert, NotificationEvent.OPENED, holds.heard(free), route.channels());
    }

    private Instant due(Alert alert) {
        Instant due = alert.since().plus(route.pace().first());
        // One that comes and goes does not ask more often than it would be brought up to date.
        return alert.loudAt()
                .map(before -> before.plus(route.pace().between()))
                .filter(due::isBefore)
                .orElse(due);
    }

    private Step held(
            Alert alert, List<IncidentFacts> standing, Alert.Held why, Optional<Instant> until) {
        boolean isOver = standing.stream().allMatch(IncidentFacts::isOver);
        return Step.silent(isOver ? alert.passed(why) : alert.waiting(Optional.of(why), until));
    }

    /** People were told, and something goes on. */
    private Step next(Alert alert, List<IncidentFacts> news) {
        List<IncidentFacts> live = news.stream().filter(incident -> !incident.isOver()).toList();
        Optional<Holds.Hold> hold = holds.muted(live).or(() -> holds.quiet(live));
        if (hold.isPresent()) {
            return Step.silent(
                    alert.waiting(Optional.of(hold.get().why()), Optional.of(hold.get().until())));
        }
        boolean isUnattended = live.stream().anyMatch(incident -> !isTaken(incident));
        List<Instant> later = new ArrayList<>();
        Optional<Instant> escalation =
                route.escalation()
                        .filter(_ -> isUnattended && !alert.isEscalated())
                        .map(one -> alert.openedAt().orElse(now).plus(one.after()));
        if (isDue(escalation, later)) {
            List<String> channels = route.escalation().orElseThrow().channels();
            return tell(alert, NotificationEvent.ESCALATED, holds.heard(live), channels);
        }
        Optional<Instant> reminder =
                route.pace()
                        .repeat()
                        .filter(_ -> isUnattended)
                        .map(pause -> alert.loudAt().orElse(now).plus(pause));
        Optional<Instant> allowed = holds.throttled().map(Holds.Hold::until);
        if (isDue(reminder.map(at -> allowed.filter(at::isBefore).orElse(at)), later)) {
            return tell(alert, NotificationEvent.REMINDED, holds.heard(live), told(alert));
        }
        Optional<Instant> update =
                Optional.of(alert.toldAt().orElse(now).plus(route.pace().between()))
                        .filter(_ -> !AlertWords.brief(holds.heard(live)).equals(alert.told()));
        if (isDue(update, later)) {
            return tell(alert, NotificationEvent.UPDATED, holds.heard(live), told(alert));
        }
        return Step.silent(alert.waiting(Optional.empty(), later.stream().min(Instant::compareTo)));
    }

    private boolean isDue(Optional<Instant> at, List<Instant> later) {
        at.filter(now::isBefore).ifPresent(later::add);
        return at.isPresent() && !now.isBefore(at.get());
    }

    /** People were told, and all is over. */
    private Step last(Alert before, List<IncidentFacts> news) {
        Alert alert = before.over(before.overAt().or(() -> Optional.of(now)));
        boolean isSettled = news.stream().allMatch(one -> one.isClosed() || !one.stands());
        Instant due = alert.overAt().orElse(now).plus(isSettled ? Duration.ZERO : route.overFor());
        if (now.isBefore(due)) {
            return Step.silent(alert.waiting(Optional.empty(), Optional.of(due)));
        }
        Optional<Holds.Hold> hold = holds.quiet(news);
        if (hold.isPresent()) {
            return Step.silent(
                    alert.waiting(Optional.of(hold.get().why()), Optional.of(hold.get().until())));
        }
        return tell(alert, NotificationEvent.RESOLVED, news, told(alert));
    }

    /** The channels that know of the alert. */
    private List<String> told(Alert alert) {
        List<String> channels = new ArrayList<>(route.channels());
        if (alert.isEscalated()) {
            route.escalation().stream()
                    .flatMap(escalation -> escalation.channels().stream())
                    .filter(channel -> !channels.contains(channel))
                    .forEach(channels::add);
        }
        return channels;
    }

    private Step tell(
            Alert alert,
            NotificationEvent event,
            List<IncidentFacts> incidents,
            List<String> channels) {
        Alert after = alert.after(event, AlertWords.brief(incidents), now);
        Message message =
                new Message(
                        route.name(),
                        alert.group(),
                        incidents.isEmpty()
                                ? alert.incidents().getFirst()
                                : incidents.getFirst().id(),
                        event,
                        after.revision(),
                        now,
                        channels,
                        AlertWords.facts(event, incidents, alert));
        return new Step(look(after), Optional.of(message));
    }

    /** A message is followed by a look at what comes next. */
    private Alert look(Alert after) {
        boolean isLast = after.phase() == Alert.Phase.RESOLVED;
        return after.waiting(Optional.empty(), isLast ? Optional.empty() : Optional.of(now));
    }

    private static boolean isTaken(IncidentFacts incident) {
        return incident.status() == IncidentStatus.ACKNOWLEDGED || incident.isClosed();
    }
}

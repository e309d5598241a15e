package dev.vedette.alerting;

import dev.vedette.detection.AnomalySource;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * What one route has told of one incident, or of those that share a message.
 *
 * @param route which route
 * @param group what the incidents have in common; an incident's id when the route groups by nothing
 * @param incidents which, oldest first, 1 to {@value #MOST_INCIDENTS}
 * @param phase how far it is
 * @param revision messages so far, of all its beginnings
 * @param since when it began to wait for its first message
 * @param openedAt when people were first told; empty when not since it last began
 * @param loudAt when they were last asked for attention
 * @param toldAt when they were last told anything
 * @param overAt when all was first seen to be over; empty while something goes on
 * @param isEscalated whether the escalation's channels are told, too
 * @param told what they were told last, in short; empty before the first message
 * @param held why nobody is told at the moment; empty when nothing holds it back
 * @param lookAt when to look again although nothing changes; empty: not before something does
 */
public record Alert(
        String route,
        String group,
        List<UUID> incidents,
        Phase phase,
        int revision,
        Instant since,
        Optional<Instant> openedAt,
        Optional<Instant> loudAt,
        Optional<Instant> toldAt,
        Optional<Instant> overAt,
        boolean isEscalated,
        String told,
        Optional<Held> held,
        Optional<Instant> lookAt) {
    /** Most incidents of one message. */
    public static final int MOST_INCIDENTS = 500;

    /** Copies the list. */
    public Alert {
        incidents = List.copyOf(incidents);
    }

    /** How far an alert is. */
    public enum Phase {
        /** Nobody has been told since it last began. */
        PENDING,
        /** People were told that it goes on. */
        FIRING,
        /** People were told that it is over. */
        RESOLVED,
        /** It was over, or no longer the route's, before anybody was told. */
        PASSED;

        /** The phase in the API and the database: the name in lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Why nobody is told. */
    public enum Held {
        /** It does not yet meet what the route asks for, or never did. */
        TRIGGER,
        /** Somebody has taken it already. */
        TAKEN,
        /** A silence. */
        SILENCE,
        /** Quiet hours. */
        QUIET,
        /** The route has said enough this hour. */
        THROTTLE,
        /** It lies too far back. */
        OLD,
        /** The route no longer takes it, or is gone. */
        ROUTE;

        /** The reason in the API, the database and metrics: the name in lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** An alert of which nobody was told. */
    static Alert of(String route, String group, UUID incident, Instant now) {
        return new Alert(
                route,
                group,
                List.of(incident),
                Phase.PENDING,
                0,
                now,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                "",
                Optional.empty(),
                Optional.empty());
    }

    /**
     * Whether payments came since people were told, or since nobody was. A payment is over as soon
     * as it is judged, so an incident of payments never goes on: it grows.
     */
    boolean isOutgrown(List<IncidentFacts> now) {
        List<IncidentFacts> payments =
                now.stream()
                        .filter(one -> one.source().equals(AnomalySource.TRANSACTION.label()))
                        .toList();
        if (phase == Phase.RESOLVED) {
            return !payments.isEmpty() && !AlertWords.brief(now).equals(told);
        }
        return payments.stream().anyMatch(one -> one.stands() && one.lastAt().isAfter(since));
    }

    /** The same with other incidents. */
    Alert with(List<UUID> others) {
        return with(others, phase, overAt, held, lookAt);
    }

    /** Begun anew: nobody has been told of this beginning. */
    Alert begun(Instant now) {
        return new Alert(
                route,
                group,
                incidents,
                Phase.PENDING,
                revision,
                now,
                Optional.empty(),
                loudAt,
                toldAt,
                Optional.empty(),
                false,
                "",
                Optional.empty(),
                Optional.empty());
    }

    /** Waiting: held back for that reason, if any, and looked at again then, if ever. */
    Alert waiting(Optional<Held> why, Optional<Instant> until) {
        return with(incidents, phase, overAt, why, until);
    }

    /** Over before anybody was told. */
    Alert passed(Held why) {
        return with(incidents, Phase.PASSED, overAt, Optional.of(why), Optional.empty());
    }

    /** Seen to be over since then; empty: to go on. */
    Alert over(Optional<Instant> at) {
        return with(incidents, phase, at, held, lookAt);
    }

    /** People are told that, now. */
    Alert after(NotificationEvent event, String said, Instant now) {
        boolean isLoud = Message.isLoud(event);
        return new Alert(
                route,
                group,
                incidents,
                event == NotificationEvent.RESOLVED ? Phase.RESOLVED : Phase.FIRING,
                revision + 1,
                since,
                openedAt.or(() -> Optional.of(now)),
                isLoud ? Optional.of(now) : loudAt,
                Optional.of(now),
                overAt,
                isEscalated || event == NotificationEvent.ESCALATED,
                said,
                Optional.empty(),
                Optional.empty());
    }

    // all that was told stays
    private Alert with(
            List<UUID> members,
            Phase now,
            Optional<Instant> over,
            Optional<Held> why,
            Optional<Instant> until) {
        return new Alert(
                route,
                group,
                members,
                now,
                revision,
                since,
                openedAt,
                loudAt,
                toldAt,
                over,
                isEscalated,
                told,
                why,
                until);
    }
}

package dev.vedette.alerting;

import dev.vedette.detection.engine.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What holds messages of one route back at one moment: silences, quiet hours, and the throttle. A
 * function of its arguments.
 *
 * @param route the route
 * @param silences of the tenant
 * @param loud when the route asked for attention within the last hour, in order
 * @param now the moment
 */
record Holds(Route route, List<Silence> silences, List<Instant> loud, Instant now) {
    /**
     * Something that holds a message back.
     *
     * @param why what it is
     * @param until when to look again
     */
    record Hold(Alert.Held why, Instant until) {}

    /** Those of the incidents that no silence mutes. */
    List<IncidentFacts> heard(List<IncidentFacts> incidents) {
        return incidents.stream().filter(incident -> mutedUntil(incident).isEmpty()).toList();
    }

    /** The silences, when they mute all of the incidents, until the first is heard again. */
    Optional<Hold> muted(List<IncidentFacts> incidents) {
        List<Optional<Instant>> ends = incidents.stream().map(this::mutedUntil).toList();
        return ends.stream().anyMatch(Optional::isEmpty)
                ? Optional.empty()
                : ends.stream()
                        .flatMap(Optional::stream)
                        .min(Instant::compareTo)
                        .map(until -> new Hold(Alert.Held.SILENCE, until));
    }

    private Optional<Instant> mutedUntil(IncidentFacts incident) {
        return silences.stream()
                .flatMap(silence -> silence.mutes(incident, now).stream())
                .max(Instant::compareTo);
    }

    /** The route's quiet hours, unless the worst of the incidents passes them. */
    Optional<Hold> quiet(List<IncidentFacts> incidents) {
        Severity severity =
                Severity.of(incidents.stream().mapToDouble(IncidentFacts::score).max().orElse(0));
        return route.quiet().stream()
                .filter(hours -> severity.compareTo(hours.passes()) < 0)
                .flatMap(hours -> hours.until(now).stream())
                .max(Instant::compareTo)
                .map(until -> new Hold(Alert.Held.QUIET, until));
    }

    /** The throttle, when the route has asked for attention as often as it may within an hour. */
    Optional<Hold> throttled() {
        int most = route.pace().mostPerHour();
        List<Instant> recent =
                loud.stream().filter(at -> at.plus(AlertPlans.LOUD_FOR).isAfter(now)).toList();
        return recent.size() < most
                ? Optional.empty()
                : Optional.of(
                        new Hold(
                                Alert.Held.THROTTLE,
                                recent.get(recent.size() - most).plus(AlertPlans.LOUD_FOR)));
    }
}

package dev.vedette.dashboard;

import dev.vedette.alerting.AlertSettings;
import dev.vedette.alerting.Delivery;
import dev.vedette.alerting.Matcher;
import dev.vedette.alerting.NotificationEvent;
import dev.vedette.alerting.Route;
import dev.vedette.alerting.RouteTable;
import dev.vedette.alerting.Setting;
import dev.vedette.alerting.Silence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes the page of alerts from what is stored. */
final class AlertMaker {
    /** A silence that does not come within that time is over. */
    private static final Duration AHEAD = Duration.ofDays(366);

    private final Clock clock;

    AlertMaker(Clock clock) {
        this.clock = clock;
    }

    /** What was tried with the form: its words, the titles it would have muted, or a refusal. */
    record News(String preview, List<String> muted, String problem) {
        static final News NONE = new News("", List.of(), "");
    }

    /** The page. */
    AlertsView view(
            List<Delivery> deliveries,
            List<Route> routes,
            List<Setting> silences,
            AlertsView.Fields form,
            News news,
            boolean maySilence,
            boolean mayReplay) {
        long failed = deliveries.stream().filter(d -> d.state() == Delivery.State.FAILED).count();
        String headline =
                deliveries.isEmpty()
                        ? "Nobody has been told of anything."
                        : failed == 0
                                ? "People were told, and everything came through."
                                : failed == 1
                                        ? "One message did not come through."
                                        : failed + " messages did not come through.";
        String lead =
                routes.isEmpty()
                        ? "There are no routes yet: a route says who hears of which incidents."
                        : "The newest messages, who hears of what, and what is muted.";
        return new AlertsView(
                headline,
                lead,
                deliveries.stream().map(this::told).toList(),
                new RouteTable(routes).all().stream().map(AlertMaker::way).toList(),
                silences.stream().map(this::quiet).flatMap(Optional::stream).toList(),
                form,
                news.preview(),
                news.muted(),
                news.problem(),
                maySilence,
                mayReplay);
    }

    private AlertsView.Told told(Delivery delivery) {
        return new AlertsView.Told(
                clock.at(delivery.plannedAt()),
                delivery.facts().title(),
                delivery.event() == NotificationEvent.TEST
                        ? ""
                        : Links.incident(delivery.incident()),
                event(delivery.event()),
                delivery.channel(),
                state(delivery),
                delivery.state() == Delivery.State.DUE ? "" : delivery.id().toString());
    }

    private static String event(NotificationEvent event) {
        return switch (event) {
            case OPENED -> "began";
            case UPDATED -> "changed";
            case ESCALATED -> "nobody took it";
            case REMINDED -> "still goes on";
            case RESOLVED -> "is over";
            case TEST -> "a test";
        };
    }

    private static String state(Delivery delivery) {
        String said =
                delivery.answer()
                        .map(answer -> ": " + ChannelTests.words(answer.code(), answer.words()))
                        .orElse("");
        return switch (delivery.state()) {
            case DUE -> delivery.attempts() == 0 ? "on its way" : "tried again" + said;
            case DELIVERED -> "came through" + said;
            case FAILED -> "did not come through" + said;
            case SUPERSEDED -> "a newer one said more";
        };
    }

    private static AlertsView.Way way(Route route) {
        return new AlertsView.Way(
                route.name(),
                about(route.matchers()),
                String.join(", ", route.channels()),
                route.isOn() ? "" : "off");
    }

    private Optional<AlertsView.Quiet> quiet(Setting setting) {
        Silence silence = AlertSettings.silence(setting);
        Instant now = clock.now();
        boolean isOver =
                silence.expiresAt().map(end -> !now.isBefore(end)).orElse(false)
                        || silence.schedule().between(now, now.plus(AHEAD)).isEmpty();
        if (isOver) {
            return Optional.empty();
        }
        String until =
                silence.schedule()
                        .activeUntil(now)
                        .map(end -> "until " + clock.at(end))
                        .orElse("not now");
        return Optional.of(
                new AlertsView.Quiet(
                        silence.name(),
                        about(silence.matchers()),
                        silence.reason() + ", " + silence.author(),
                        until,
                        setting.revision()));
    }

    static String about(List<Matcher> matchers) {
        return matchers.isEmpty()
                ? "everything"
                : matchers.stream().map(Matcher::text).collect(Collectors.joining(" · "));
    }
}

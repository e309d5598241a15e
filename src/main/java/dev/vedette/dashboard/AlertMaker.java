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
    private final Language language;

    AlertMaker(Clock clock) {
        this.clock = clock;
        this.language = clock.language();
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
                        ? language.say("alerts.none")
                        : language.say("alerts.failed", failed, Figures.whole(failed));
        String lead = language.say(routes.isEmpty() ? "alerts.noRoutes" : "alerts.lead");
        return new AlertsView(
                headline,
                lead,
                deliveries.stream().map(this::told).toList(),
                new RouteTable(routes).all().stream().map(this::way).toList(),
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
                language.say("alert." + delivery.event().label()),
                delivery.channel(),
                state(delivery),
                delivery.state() == Delivery.State.DUE ? "" : delivery.id().toString());
    }

    private String state(Delivery delivery) {
        String said =
                delivery.answer()
                        .map(answer -> ": " + ChannelTests.words(answer.code(), answer.words()))
                        .orElse("");
        return switch (delivery.state()) {
            case DUE ->
                    delivery.attempts() == 0
                            ? language.say("alert.onItsWay")
                            : language.say("alert.again") + said;
            case DELIVERED -> language.say("alert.came") + said;
            case FAILED -> language.say("alert.failed") + said;
            case SUPERSEDED -> language.say("alert.superseded");
        };
    }

    private AlertsView.Way way(Route route) {
        return new AlertsView.Way(
                route.name(),
                about(route.matchers(), language),
                String.join(", ", route.channels()),
                route.isOn() ? "" : language.say("alert.off"));
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
                        .map(end -> language.say("alert.until", clock.at(end)))
                        .orElse(language.say("alert.notNow"));
        return Optional.of(
                new AlertsView.Quiet(
                        silence.name(),
                        about(silence.matchers(), language),
                        silence.reason() + ", " + silence.author(),
                        until,
                        setting.revision()));
    }

    static String about(List<Matcher> matchers, Language language) {
        return matchers.isEmpty()
                ? language.say("alert.everything")
                : matchers.stream().map(Matcher::text).collect(Collectors.joining(" · "));
    }
}

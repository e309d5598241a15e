package dev.vedette.dashboard;

import dev.vedette.alerting.ChannelForm;
import dev.vedette.alerting.ChannelKind;
import dev.vedette.alerting.Channels;
import dev.vedette.alerting.DeliveryQueries;
import dev.vedette.alerting.Route;
import dev.vedette.alerting.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the page of channels from what is stored. */
final class ChannelMaker {
    private final Clock clock;
    private final Language language;

    ChannelMaker(Clock clock) {
        this.clock = clock;
        this.language = clock.language();
    }

    /** What was just done: tests that were sent, a secret that was made. */
    record News(List<ChannelTests.Line> tests, String newSecret) {
        static final News NONE = new News(List.of(), "");
    }

    /** The page. */
    ChannelsView view(
            List<Setting> rows,
            List<Route> routes,
            Map<String, DeliveryQueries.Health> health,
            News news,
            SettingForm form) {
        long dead =
                rows.stream()
                        .filter(row ->
                                Optional.ofNullable(health.get(row.name()))
                                        .filter(DeliveryQueries.Health::isDead)
                                        .isPresent())
                        .count();
        return new ChannelsView(
                headline(rows.size(), dead),
                rows.stream()
                        .map(row -> line(row, routes, Optional.ofNullable(health.get(row.name()))))
                        .toList(),
                news.tests(),
                form.isNew() ? kinds(form) : List.of(),
                news.newSecret(),
                form);
    }

    private String headline(int all, long dead) {
        return dead == 0
                ? language.say("channels.ways", all, language.count(all))
                : language.say("channels.dead", dead, language.count(dead));
    }

    private static List<ChannelsView.Kind> kinds(SettingForm form) {
        List<FormField> fields = form.groups().getFirst().fields();
        return Stream.of(ChannelKind.values())
                .map(kind ->
                        new ChannelsView.Kind(
                                kind.label(),
                                "/channels?kind=" + kind.label() + "#form",
                                fields.stream()
                                        .anyMatch(field ->
                                                field.name().equals("kind")
                                                        && field.value().equals(kind.label()))))
                .toList();
    }

    private ChannelsView.Line line(
            Setting row, List<Route> routes, Optional<DeliveryQueries.Health> health) {
        ChannelForm shown = Channels.shown(row);
        List<String> telling =
                routes.stream()
                        .filter(route ->
                                RoutePages.told(route).anyMatch(name -> name.equals(row.name())))
                        .map(Route::name)
                        .toList();
        return new ChannelsView.Line(
                row.name(),
                "/channels?channel=" + Frames.encode(row.name()) + "#form",
                shown.kind(),
                shown.url()
                        .or(shown::slackChannel)
                        .or(() -> shown.to().map(all -> String.join(", ", all)))
                        .orElse(language.say("channels.secret")),
                telling.isEmpty() ? language.say("channels.noRoute") : String.join(", ", telling),
                health.map(this::state).orElse(language.say("channels.unsent")));
    }

    private String state(DeliveryQueries.Health health) {
        if (health.failures() == 0) {
            return health.deliveredAt()
                    .map(at -> language.say("channels.came", clock.at(at)))
                    .orElse(language.say("channels.nothing"));
        }
        return language.say(
                "channels.failing",
                health.failures(),
                Figures.whole(health.failures()),
                health.said());
    }
}

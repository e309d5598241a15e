package dev.vedette.dashboard;

import dev.vedette.alerting.ChannelForm;
import dev.vedette.alerting.ChannelKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A channel as fields, and fields as a channel. Its secrets go in and never come out. */
final class ChannelFields {
    private static final String KEPT = "Left empty it stays as it is.";

    private ChannelFields() {}

    /** What stands in the fields of a new channel of that kind. */
    static Sent fresh(String kind) {
        return new Sent(Map.of("kind", List.of(kind)));
    }

    /** What stands in the fields of that channel. */
    static Sent of(ChannelForm shown) {
        Map<String, List<String>> values = new HashMap<>();
        values.put("name", shown.name().stream().toList());
        values.put("kind", List.of(shown.kind()));
        shown.to().ifPresent(all -> values.put("to", List.of(String.join("\n", all))));
        values.put("url", shown.url().stream().toList());
        values.put("slack_channel", shown.slackChannel().stream().toList());
        values.put("european", shown.european().orElse(false) ? List.of("on") : List.of());
        return new Sent(values);
    }

    /** The channel that stands in the fields; its rules are checked where it is stored. */
    static ChannelForm read(Sent sent) {
        List<String> secrets =
                Stream.of("secrets", "secrets.1").flatMap(name -> sent.set(name).stream()).toList();
        return new ChannelForm(
                sent.set("name"),
                sent.text("kind"),
                Optional.of(sent.lines("to")).filter(all -> !all.isEmpty()),
                sent.set("url"),
                sent.set("slack_channel"),
                sent.set("token"),
                Optional.of(secrets).filter(all -> !all.isEmpty()),
                sent.set("routing_key"),
                kind(sent) == ChannelKind.PAGERDUTY
                        ? Optional.of(sent.isOn("european"))
                        : Optional.empty());
    }

    /** The kind that the fields are of; mail when they name none. */
    static ChannelKind kind(Sent sent) {
        return Stream.of(ChannelKind.values())
                .filter(kind -> kind.label().equals(sent.text("kind")))
                .findFirst()
                .orElse(ChannelKind.EMAIL);
    }

    /** The fields of its kind. */
    static List<SettingForm.Group> groups(Sent sent, boolean isNew) {
        ChannelKind kind = kind(sent);
        return List.of(
                new SettingForm.Group(
                        "",
                        Stream.concat(
                                        Stream.of(
                                                FormField.name(sent.text("name"), isNew),
                                                FormField.fixed("kind", "Kind", kind.label())),
                                        fields(kind, sent, isNew ? "" : KEPT))
                                .toList()));
    }

    private static Stream<FormField> fields(ChannelKind kind, Sent sent, String kept) {
        return switch (kind) {
            case EMAIL ->
                    Stream.of(
                            FormField.lines("to", "Addresses", sent.text("to"))
                                    .hint("One a line, at most 50."));
            case SLACK ->
                    Stream.of(
                            FormField.text("slack_channel", "Channel", sent.text("slack_channel"))
                                    .hint(
                                            "Of a bot, such as C0123456789; its messages change with"
                                                    + " the incident. Empty for an incoming webhook."),
                            FormField.secret("token", "Token of the bot").hint(kept),
                            FormField.secret("url", "Or the URL of an incoming webhook")
                                    .hint(kept));
            case WEBHOOK ->
                    Stream.of(
                            FormField.text("url", "URL", sent.text("url")),
                            FormField.secret("secrets", "Signing secret")
                                    .hint(
                                            kept.isEmpty()
                                                    ? "whsec_…; left empty one is made and told once."
                                                    : kept),
                            FormField.secret("secrets.1", "Second signing secret")
                                    .hint("While one replaces the other."));
            case PAGERDUTY ->
                    Stream.of(
                            FormField.secret("routing_key", "Integration key").hint(kept),
                            FormField.yesOrNo(
                                    "european", "European region", sent.isOn("european")));
            case ALERTMANAGER ->
                    Stream.of(
                            FormField.text("url", "URL", sent.text("url")).hint("Without /api/v2."),
                            FormField.secret("token", "Bearer token, if it asks for one")
                                    .hint(kept));
            case CLOUDEVENTS ->
                    Stream.of(
                            FormField.text("url", "URL", sent.text("url")),
                            FormField.secret("token", "Bearer token, if it asks for one")
                                    .hint(kept));
        };
    }
}

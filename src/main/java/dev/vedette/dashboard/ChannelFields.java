package dev.vedette.dashboard;

import dev.vedette.alerting.ChannelForm;
import dev.vedette.alerting.ChannelKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A channel as fields, and fields as a channel. Its secrets go in and never come out. */
final class ChannelFields {
    private ChannelFields() {}

    /** What stands in the fields of a new channel of that kind. */
    static Sent fresh(String kind, Language language) {
        return new Sent(Map.of("kind", List.of(kind)), language);
    }

    /** What stands in the fields of that channel. */
    static Sent of(ChannelForm shown, Language language) {
        Map<String, List<String>> values = new HashMap<>();
        values.put("name", shown.name().stream().toList());
        values.put("kind", List.of(shown.kind()));
        shown.to().ifPresent(all -> values.put("to", List.of(String.join("\n", all))));
        values.put("url", shown.url().stream().toList());
        values.put("slack_channel", shown.slackChannel().stream().toList());
        values.put("european", shown.european().orElse(false) ? List.of("on") : List.of());
        return new Sent(values, language);
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
        FieldMaker fields = new FieldMaker(sent, "channel");
        return List.of(
                new SettingForm.Group(
                        "",
                        Stream.concat(
                                        Stream.of(
                                                fields.name(isNew),
                                                FormField.fixed(
                                                        "kind",
                                                        fields.words("kind"),
                                                        kind.label())),
                                        ofKind(
                                                kind,
                                                new FieldMaker(sent, "channel." + kind.label()),
                                                kept(isNew, fields)))
                                .toList()));
    }

    // A stored secret is not shown, and stays while its field is left empty.
    private static UnaryOperator<FormField> kept(boolean isNew, FieldMaker fields) {
        return isNew ? UnaryOperator.identity() : secret -> secret.hint(fields.words("kept"));
    }

    private static Stream<FormField> ofKind(
            ChannelKind kind, FieldMaker fields, UnaryOperator<FormField> kept) {
        return switch (kind) {
            case EMAIL -> Stream.of(fields.lines("to"));
            case SLACK ->
                    Stream.of(
                            fields.text("slack_channel"),
                            kept.apply(fields.secret("token")),
                            kept.apply(fields.secret("url")));
            case WEBHOOK ->
                    Stream.of(
                            fields.text("url"),
                            kept.apply(fields.secret("secrets")),
                            fields.secret("secrets.1"));
            case PAGERDUTY ->
                    Stream.of(kept.apply(fields.secret("routing_key")), fields.yesOrNo("european"));
            case ALERTMANAGER, CLOUDEVENTS ->
                    Stream.of(fields.text("url"), kept.apply(fields.secret("token")));
        };
    }
}

package dev.vedette.alerting;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A channel as the API takes it. Which fields it needs depends on its kind; secrets go in and never
 * come out.
 *
 * @param name its own within the tenant; needed to make one
 * @param kind email, slack, webhook, pagerduty, alertmanager or cloudevents
 * @param to addresses, of email
 * @param url where, of webhook, alertmanager and cloudevents; a secret of a slack webhook
 * @param slackChannel the channel's id or name, of a slack bot
 * @param token a secret: of a slack bot, or a bearer token of alertmanager and cloudevents
 * @param secrets the signing secrets of a webhook, whsec_…: one, or two while one replaces the
 *     other; left out: one is made, and told once
 * @param routingKey a secret: the integration key, of pagerduty
 * @param european whether the pagerduty account is in its European region; false
 */
@Schema(name = "Channel")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ChannelForm(
        @Schema(examples = "ops-hook") Optional<String> name,
        @Schema(examples = "webhook") String kind,
        Optional<List<String>> to,
        @Schema(examples = "https://hooks.example.org/vedette") Optional<String> url,
        Optional<String> slackChannel,
        Optional<String> token,
        Optional<List<String>> secrets,
        Optional<String> routingKey,
        Optional<Boolean> european) {

    /**
     * Where it leads.
     *
     * @throws dev.vedette.http.ProblemException when a field is missing or breaks its rule
     */
    public ChannelTarget target() {
        return switch (kind()) {
            case "email" -> email();
            case "slack" -> slack();
            case "webhook" ->
                    Documents.at(
                            "/secrets",
                            "send one or two secrets, whsec_ and 24 to 64 bytes in Base64",
                            () ->
                                    new ChannelTarget.Webhook(
                                            need("/url", url),
                                            secrets.orElse(List.of()).stream()
                                                    .map(Secret::new)
                                                    .toList()));
            case "pagerduty" ->
                    new ChannelTarget.PagerDuty(
                            secret("/routing_key", need("/routing_key", routingKey)),
                            european.orElse(false));
            case "alertmanager" ->
                    new ChannelTarget.Alertmanager(
                            need("/url", url), token.map(text -> secret("/token", text)));
            case "cloudevents" ->
                    new ChannelTarget.CloudEvents(
                            need("/url", url), token.map(text -> secret("/token", text)));
            default ->
                    throw Documents.refuse(
                            "/kind",
                            "kind must be email, slack, webhook, pagerduty, alertmanager or"
                                    + " cloudevents",
                            "send one of them");
        };
    }

    private ChannelTarget email() {
        List<String> addresses = to.orElse(List.of());
        for (String address : addresses) {
            if (!address.matches("[^\\s@<>,;:\"]{1,64}@[^\\s@<>,;:\"]{1,190}")) {
                throw Documents.refuse(
                        "/to", "an address looks like name@example.org", "send plain addresses");
            }
        }
        return Documents.at(
                "/to", "send 1 to 50 addresses", () -> new ChannelTarget.Email(addresses));
    }

    private ChannelTarget slack() {
        return slackChannel.isPresent()
                ? new ChannelTarget.SlackBot(
                        slackChannel.get(), secret("/token", need("/token", token)))
                : new ChannelTarget.SlackWebhook(secret("/url", need("/url", url)));
    }

    private String need(String pointer, Optional<String> field) {
        return field.filter(text -> !text.isBlank() && text.length() <= 2048)
                .orElseThrow(() ->
                        Documents.refuse(
                                pointer,
                                "a channel of kind "
                                        + kind
                                        + " needs "
                                        + pointer.substring(1)
                                        + " of at most 2048 characters",
                                "send " + pointer.substring(1)));
    }

    private static Secret secret(String pointer, String text) {
        return Documents.at(pointer, "send the secret", () -> new Secret(text));
    }

    /** The same, with what it leaves out taken from that one of its kind: secrets, above all. */
    ChannelForm or(ChannelForm before) {
        if (!before.kind.equals(kind)) {
            return this;
        }
        return new ChannelForm(
                name,
                kind,
                to.or(() -> before.to),
                url.or(() -> before.url),
                slackChannel.or(() -> before.slackChannel),
                token.or(() -> before.token),
                secrets.or(() -> before.secrets),
                routingKey.or(() -> before.routingKey),
                european.or(() -> before.european));
    }

    /** The same with those signing secrets. */
    ChannelForm with(List<String> signing) {
        return new ChannelForm(
                name,
                kind,
                to,
                url,
                slackChannel,
                token,
                Optional.of(signing),
                routingKey,
                european);
    }

    /** The same without its secrets, for people. */
    ChannelForm open(String named) {
        boolean isUrlSecret = kind.equals("slack");
        return new ChannelForm(
                Optional.of(named),
                kind.toLowerCase(Locale.ROOT),
                to,
                isUrlSecret ? Optional.empty() : url,
                slackChannel,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                european);
    }

    /** Hides the secrets. */
    @Override
    public String toString() {
        return "ChannelForm[" + name.orElse("") + ", " + kind + "]";
    }
}

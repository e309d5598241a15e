package dev.vedette.alerting;

import dev.vedette.http.client.TargetGuard;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a message goes, with what opens the door. The URLs are as a person wrote them: the notifier
 * shows each to the {@link TargetGuard} every time.
 */
public sealed interface ChannelTarget {
    /** Which notifier knows the way. */
    ChannelKind kind();

    /** The URL that the tenant named; empty when none leads there, or one of ours. */
    default Optional<String> namedUrl() {
        return switch (this) {
            case SlackWebhook(Secret url) -> Optional.of(url.value());
            case Webhook(String url, _) -> Optional.of(url);
            case Alertmanager(String url, _) -> Optional.of(url);
            case CloudEvents(String url, _) -> Optional.of(url);
            case Email _, SlackBot _, PagerDuty _ -> Optional.empty();
        };
    }

    /**
     * Mail.
     *
     * @param to the addresses, 1 to 50
     */
    record Email(List<String> to) implements ChannelTarget {
        private static final int MOST = 50;

        // What mail servers take in practice of RFC 5321: no quotes, no comments, no line ends.
        private static final Pattern ADDRESS =
                Pattern.compile(
                        "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{1,253}$)"
                                + "([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z]{2,63}");

        /**
         * Copies the list.
         *
         * @throws IllegalArgumentException when there is no address, more than 50, or one is
         *     malformed; the message holds it
         */
        public Email {
            to = List.copyOf(to);
            if (to.isEmpty() || to.size() > MOST) {
                throw new IllegalArgumentException("1 to " + MOST + " addresses, are " + to.size());
            }
            for (String address : to) {
                if (!ADDRESS.matcher(address).matches()) {
                    throw new IllegalArgumentException("is no mail address: '" + address + "'");
                }
            }
        }

        @Override
        public ChannelKind kind() {
            return ChannelKind.EMAIL;
        }
    }

    /**
     * A Slack channel by its incoming webhook. Slack cannot change what came in this way: what
     * happens next is a message of its own.
     *
     * @param url the webhook's URL; whoever knows it may write, so it is a secret
     */
    record SlackWebhook(Secret url) implements ChannelTarget {
        @Override
        public ChannelKind kind() {
            return ChannelKind.SLACK;
        }
    }

    /**
     * A Slack channel as a bot: one message, which changes with its incident.
     *
     * @param channel the channel's id, such as {@code C0123456789}, or its name
     * @param token the bot's, {@code xoxb-…}, with the scope {@code chat:write}
     */
    record SlackBot(String channel, Secret token) implements ChannelTarget {
        @Override
        public ChannelKind kind() {
            return ChannelKind.SLACK;
        }
    }

    /**
     * Any URL, signed.
     *
     * @param url where
     * @param secrets of the signature, {@code whsec_…}: one, or two while one replaces the other
     */
    record Webhook(String url, List<Secret> secrets) implements ChannelTarget {
        /**
         * Copies the list.
         *
         * @throws IllegalArgumentException when there are not one or two secrets, or one is
         *     malformed; the message does not hold it
         */
        public Webhook {
            secrets = List.copyOf(secrets);
            if (secrets.isEmpty() || secrets.size() > 2) {
                throw new IllegalArgumentException("1 or 2 secrets, are " + secrets.size());
            }
            secrets.forEach(secret -> WebhookSignature.requireSecret(secret.value()));
        }

        @Override
        public ChannelKind kind() {
            return ChannelKind.WEBHOOK;
        }
    }

    /**
     * A PagerDuty service.
     *
     * @param routingKey its integration key, of Events API v2
     * @param european whether the account is in PagerDuty's European region
     */
    record PagerDuty(Secret routingKey, boolean european) implements ChannelTarget {
        @Override
        public ChannelKind kind() {
            return ChannelKind.PAGERDUTY;
        }
    }

    /**
     * An Alertmanager.
     *
     * @param url its base, without {@code /api/v2}
     * @param token sent as a bearer token, when something in front of it asks for one
     */
    record Alertmanager(String url, Optional<Secret> token) implements ChannelTarget {
        @Override
        public ChannelKind kind() {
            return ChannelKind.ALERTMANAGER;
        }
    }

    /**
     * A receiver of CloudEvents.
     *
     * @param url where
     * @param token sent as a bearer token, when it asks for one
     */
    record CloudEvents(String url, Optional<Secret> token) implements ChannelTarget {
        @Override
        public ChannelKind kind() {
            return ChannelKind.CLOUDEVENTS;
        }
    }
}

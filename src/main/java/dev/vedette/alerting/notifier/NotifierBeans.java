package dev.vedette.alerting.notifier;

import dev.vedette.alerting.Notifier;
import dev.vedette.explanation.Phrases;
import dev.vedette.http.client.NameLookup;
import dev.vedette.http.client.TargetGuard;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** The channels of this service, and the guard of their URLs. */
final class NotifierBeans {
    private final MessageWords words = new MessageWords(Phrases.ENGLISH);

    @Produces
    @Singleton
    TargetGuard guard(NotifierConfig config) {
        return new TargetGuard(config.allowedTargets().orElse(List.of()), config.allowPlainHttp());
    }

    @Produces
    @Singleton
    NameLookup names() {
        return NameLookup.SYSTEM;
    }

    @Produces
    @Singleton
    HttpSender sender(
            Vertx vertx,
            TargetGuard guard,
            NameLookup names,
            NotifierConfig config,
            InstantSource clock) {
        Duration patience = config.timeout();
        return new HttpSender(vertx, HttpSender.options(patience), guard, names, patience, clock);
    }

    @Produces
    @Singleton
    Notifier email(Vertx vertx, MailConfig config) {
        return new EmailNotifier(vertx, config, words);
    }

    @Produces
    @Singleton
    Notifier slack(HttpSender http) {
        return new SlackNotifier(http, SlackNotifier.SLACK, new SlackBlocks(words));
    }

    @Produces
    @Singleton
    Notifier webhook(HttpSender http, InstantSource clock) {
        return new WebhookNotifier(http, clock);
    }

    @Produces
    @Singleton
    Notifier pagerDuty(HttpSender http) {
        return new PagerDutyNotifier(http, PagerDutyNotifier.Bases.PAGERDUTY, words);
    }

    @Produces
    @Singleton
    Notifier alertmanager(HttpSender http) {
        return new AlertmanagerNotifier(http, words);
    }

    @Produces
    @Singleton
    Notifier cloudEvents(HttpSender http) {
        return new CloudEventsNotifier(http);
    }
}

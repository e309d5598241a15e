/**
 * One channel each: mail, Slack, webhooks, PagerDuty, Alertmanager, CloudEvents. They decide how a
 * message looks, never whether or when it is sent. Everything that goes over HTTP goes through
 * {@link dev.vedette.alerting.notifier.HttpSender}. May import {@code alerting}, its vocabulary and
 * the phrases of {@code explanation}.
 */
@NullMarked
package dev.vedette.alerting.notifier;

import org.jspecify.annotations.NullMarked;

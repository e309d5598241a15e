package dev.vedette.alerting.notifier;

import dev.vedette.alerting.Answer;
import dev.vedette.alerting.ChannelKind;
import dev.vedette.alerting.ChannelTarget;
import dev.vedette.alerting.Notification;
import dev.vedette.alerting.Notifier;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.mail.MailAttachment;
import io.vertx.ext.mail.MailMessage;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Mail. All mails about an incident to the same people are one conversation: what follows the first
 * answers it, by {@code In-Reply-To} and {@code References} (RFC 5322, section 3.6.4) and under its
 * subject, as some mail programs go by that. The {@code Message-ID} is made from the message's key:
 * of two equal mails a mail server keeps one. {@code Auto-Submitted} (RFC 3834) keeps absence notes
 * away.
 */
final class EmailNotifier implements Notifier {
    private static final int SUBJECT = 200;

    private final Mailbox mailbox;
    private final MailConfig config;
    private final MessageWords words;
    private final MailText text;

    /**
     * A notifier.
     *
     * @param config names the server
     */
    EmailNotifier(Vertx vertx, MailConfig config, MessageWords words) {
        this.mailbox = new Mailbox(vertx, Mailbox.options(config), config.timeout());
        this.config = config;
        this.words = words;
        this.text = new MailText(words);
    }

    @Override
    public ChannelKind kind() {
        return ChannelKind.EMAIL;
    }

    @Override
    public boolean showsChart() {
        return true;
    }

    @Override
    public Answer send(
            ChannelTarget target, Notification notification, @Nullable String reference) {
        if (!(target instanceof ChannelTarget.Email(List<String> to))) {
            throw WrongTarget.of(kind(), target);
        }
        if (config.host().isEmpty()) {
            return new Answer.Refused(
                    Answer.NONE, "no mail server is configured: set vedette.mail.host");
        }
        Optional<MailThread> thread = MailThread.read(reference);
        String subject =
                thread.map(first -> "Re: " + first.subject())
                        .orElse(PlainText.line(words.headline(notification), SUBJECT));
        String id = "<" + notification.key() + "@" + domain() + ">";
        MailMessage mail = mail(to, notification, subject);
        mail.addHeader("Message-ID", id);
        thread.ifPresent(first -> {
            mail.addHeader("In-Reply-To", first.messageId());
            mail.addHeader("References", first.messageId());
        });
        return deliver(mail, thread.orElseGet(() -> new MailThread(id, subject)));
    }

    private MailMessage mail(List<String> to, Notification notification, String subject) {
        Optional<byte[]> chart = notification.chart().flatMap(ChartImage::png);
        MailMessage mail =
                new MailMessage()
                        .setFrom(config.from())
                        .setTo(to)
                        .setSubject(subject)
                        .setText(text.plain(notification))
                        .setHtml(text.html(notification, chart.isPresent()))
                        .addHeader("Auto-Submitted", "auto-generated")
                        .addHeader("X-Auto-Response-Suppress", "All")
                        .addHeader("X-Vedette-Incident", notification.incident().toString())
                        .addHeader("X-Vedette-Event", notification.event().label());
        chart.ifPresent(png ->
                mail.setInlineAttachment(
                        MailAttachment.create()
                                .setData(Buffer.buffer(png))
                                .setContentType("image/png")
                                .setDisposition("inline")
                                .setName("chart.png")
                                .setContentId("<" + MailText.CHART + ">")));
        return mail;
    }

    /**
     * To all in one mail; when the server refuses it, perhaps for one of them, to each alone. It
     * has arrived when it arrived somewhere, and the answer names those it did not reach.
     */
    private Answer deliver(MailMessage mail, MailThread thread) {
        Answer answer = mailbox.deliver(mail, thread);
        if (answer.code() == Answer.NONE
                || answer instanceof Answer.Delivered
                || mail.getTo().size() == 1) {
            return answer;
        }
        boolean hasArrived = false;
        StringJoiner missed = new StringJoiner(", ", "not for ", "");
        for (String address : mail.getTo()) {
            Answer one = mailbox.deliver(new MailMessage(mail).setTo(address), thread);
            if (one.code() == Answer.NONE) {
                return one;
            }
            if (one instanceof Answer.Delivered) {
                hasArrived = true;
            } else {
                answer = one instanceof Answer.Retry ? one : answer;
                missed.add(address + ": " + one.said());
            }
        }
        String said = PlainText.line(missed.toString(), PlainText.SAID);
        return hasArrived ? Mailbox.accepted(said, thread) : answer;
    }

    private String domain() {
        String from = config.from();
        return from.substring(from.indexOf('@') + 1).replaceAll("[^A-Za-z0-9.-]", "");
    }
}

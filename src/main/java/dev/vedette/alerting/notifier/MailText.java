package dev.vedette.alerting.notifier;

import dev.vedette.alerting.Notification;
import java.util.StringJoiner;

/** How a message looks in a mail: as plain text, and as HTML that mail programs understand. */
final class MailText {
    /** The name of the chart inside the mail. */
    static final String CHART = "chart@vedette";

    private static final int WORDS = 10_000;
    private static final int TITLE = 500;
    private static final int VALUE = 500;

    private final MessageWords words;

    MailText(MessageWords words) {
        this.words = words;
    }

    /** Plain text; links on lines of their own. */
    String plain(Notification notification) {
        StringJoiner text = new StringJoiner("\n");
        text.add(PlainText.line(words.headline(notification), TITLE)).add("");
        String said = PlainText.lines(notification.facts().words(), WORDS);
        if (!said.isEmpty()) {
            text.add(said).add("");
        }
        words.facts(notification)
                .forEach(
                        fact -> text.add(fact.name() + ": " + PlainText.line(fact.value(), VALUE)));
        text.add("").add(words.plain("alert.open") + ":");
        text.add(notification.links().incident().toString());
        for (Notification.Link link : notification.links().answers()) {
            text.add("").add(link.text() + ":").add(link.url().toString());
        }
        return text.add("").add("-- ").add(words.plain("alert.footer")).toString();
    }

    /**
     * HTML: tables and styles in place, as mail programs know no other.
     *
     * @param hasChart whether the mail carries a picture named {@value #CHART}
     */
    String html(Notification notification, boolean hasChart) {
        StringBuilder html = new StringBuilder(4096);
        html.append("<!doctype html><html><head><meta charset=\"utf-8\"></head>")
                .append("<body style=\"margin:0;padding:24px;background:#f4f6f8;")
                .append("font-family:Arial,Helvetica,sans-serif;color:#1a1a1a\">")
                .append("<table role=\"presentation\" width=\"600\" cellpadding=\"0\"")
                .append(" cellspacing=\"0\" style=\"background:#ffffff;border-top:6px solid ")
                .append(colour(notification))
                .append("\"><tr><td style=\"padding:20px\"><h1 style=\"font-size:20px\">")
                .append(escape(words.headline(notification), TITLE))
                .append("</h1>");
        paragraph(html, notification.facts().words());
        if (hasChart) {
            chart(html, notification);
        }
        facts(html, notification);
        answers(html, notification);
        html.append("<p style=\"font-size:12px;color:#5f6b7a\">")
                .append(escape(words.plain("alert.footer"), VALUE));
        return html.append("</p></td></tr></table></body></html>").toString();
    }

    private static void paragraph(StringBuilder html, String text) {
        if (!text.isBlank()) {
            html.append("<p style=\"font-size:15px;line-height:1.5\">")
                    .append(escape(text, WORDS).replace("\n", "<br>"))
                    .append("</p>");
        }
    }

    private void chart(StringBuilder html, Notification notification) {
        notification
                .chart()
                .ifPresent(chart -> {
                    String caption = escape(words.chart(chart), TITLE);
                    html.append("<img src=\"cid:" + CHART + "\" width=\"" + ChartImage.WIDTH / 2)
                            .append("\" height=\"" + ChartImage.HEIGHT / 2 + "\" alt=\"")
                            .append(caption)
                            .append("\" style=\"display:block\"><p style=\"font-size:12px;")
                            .append("color:#5f6b7a\">" + caption + "</p>");
                });
    }

    private void facts(StringBuilder html, Notification notification) {
        html.append("<table role=\"presentation\" cellpadding=\"4\" style=\"font-size:14px\">");
        for (MessageWords.Fact fact : words.facts(notification)) {
            html.append("<tr><td style=\"color:#5f6b7a\">")
                    .append(escape(fact.name(), VALUE))
                    .append("</td><td>")
                    .append(escape(fact.value(), VALUE))
                    .append("</td></tr>");
        }
        html.append("</table>");
    }

    private void answers(StringBuilder html, Notification notification) {
        html.append("<p style=\"font-size:15px\"><a href=\"")
                .append(attribute(notification.links().incident().toString()))
                .append("\" style=\"color:#1f4e79;font-weight:bold\">")
                .append(escape(words.plain("alert.open"), VALUE))
                .append("</a></p>");
        if (notification.links().answers().isEmpty()) {
            return;
        }
        html.append("<p style=\"font-size:14px\">").append(words.plain("alert.answer")).append(':');
        for (Notification.Link link : notification.links().answers()) {
            html.append(" &nbsp; <a href=\"")
                    .append(attribute(link.url().toString()))
                    .append("\" style=\"color:#1f4e79\">")
                    .append(escape(link.text(), VALUE))
                    .append("</a>");
        }
        html.append("</p>");
    }

    private static String colour(Notification notification) {
        if (notification.isOver()) {
            return "#2e7d32";
        }
        return switch (notification.facts().severity()) {
            case CRITICAL -> "#c62828";
            case WARNING -> "#ef6c00";
            case INFO -> "#1565c0";
        };
    }

    private static String escape(String text, int most) {
        return attribute(PlainText.lines(text, most));
    }

    private static String attribute(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}

package dev.vedette.alerting.notifier;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vedette.alerting.Notification;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a message looks in Slack: Block Kit. Source: Slack's "Reference: blocks" and "Formatting text
 * for app surfaces"; a section's text has at most 3000 characters, a field 2000, a section ten
 * fields, and {@code & < >} are the only characters to escape: with them gone nothing names a
 * channel, a person or a link that is not ours.
 *
 * <p>Links are text, not buttons: Slack reports every click on a button to the app, and warns when
 * it does not answer.
 */
final class SlackBlocks {
    private static final int SECTION = 3000;
    private static final int FIELD = 2000;
    private static final int MOST_FIELDS = 10;
    private static final int TITLE = 300;
    private static final int WORDS = 1500;
    private static final int VALUE = 200;

    private final MessageWords words;

    SlackBlocks(MessageWords words) {
        this.words = words;
    }

    /** Fills in {@code text}, which notifications and screen readers show, and {@code blocks}. */
    void fill(ObjectNode message, Notification notification) {
        String headline = escape(words.headline(notification), TITLE);
        message.put("text", headline);
        message.put("unfurl_links", false);
        message.put("unfurl_media", false);
        ArrayNode blocks = message.putArray("blocks");
        String url = address(notification.links().incident().toString());
        text(
                blocks.addObject().put("type", "section"),
                mark(notification) + " *<" + url + "|" + headline + ">*");
        if (!notification.facts().words().isBlank()) {
            text(
                    blocks.addObject().put("type", "section"),
                    escape(notification.facts().words(), WORDS));
        }
        facts(blocks.addObject().put("type", "section").putArray("fields"), notification);
        notification
                .chart()
                .flatMap(Sparkline::of)
                .ifPresent(
                        line -> context(blocks, escape(line.title(), VALUE) + "\n" + line.bars()));
        answers(blocks, notification.links().answers());
    }

    private void facts(ArrayNode fields, Notification notification) {
        words.facts(notification).stream()
                .limit(MOST_FIELDS)
                .forEach(fact ->
                        markdown(
                                fields.addObject(),
                                "*"
                                        + escape(fact.name(), VALUE)
                                        + "*\n"
                                        + escape(fact.value(), VALUE),
                                FIELD));
    }

    private static void answers(ArrayNode blocks, List<Notification.Link> links) {
        if (!links.isEmpty()) {
            context(
                    blocks,
                    links.stream()
                            .map(link ->
                                    "<"
                                            + address(link.url().toString())
                                            + "|"
                                            + escape(link.text(), VALUE)
                                            + ">")
                            .collect(Collectors.joining("  ·  ")));
        }
    }

    private static void context(ArrayNode blocks, String text) {
        ObjectNode context = blocks.addObject().put("type", "context");
        markdown(context.putArray("elements").addObject(), text, SECTION);
    }

    private static void text(ObjectNode section, String text) {
        markdown(section.putObject("text"), text, SECTION);
    }

    private static void markdown(ObjectNode into, String text, int most) {
        into.put("type", "mrkdwn").put("text", PlainText.cut(text, most));
    }

    private static String mark(Notification notification) {
        if (notification.isOver()) {
            return ":white_check_mark:";
        }
        return switch (notification.facts().severity()) {
            case CRITICAL -> ":red_circle:";
            case WARNING -> ":large_orange_circle:";
            case INFO -> ":large_blue_circle:";
        };
    }

    /** Text that Slack shows as it is; shortened before, so that no escape is cut in two. */
    static String escape(String text, int most) {
        return PlainText.lines(text, most)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }

    /** A URL between {@code <} and {@code |}. */
    private static String address(String url) {
        return escape(url, SECTION).replace("|", "%7C");
    }
}

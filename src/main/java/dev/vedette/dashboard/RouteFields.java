package dev.vedette.dashboard;

import dev.vedette.alerting.RouteForm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** A route as fields, and fields as a route. */
final class RouteFields {
    private static final int MOST_QUIET = 10;
    private static final List<String> DAYS =
            List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final List<String> SEVERITIES = List.of("info", "warning", "critical");
    private static final List<String> KEYS = List.of("cluster", "severity", "source");

    private RouteFields() {}

    /** What stands in the fields of a new route. */
    static Sent fresh() {
        return new Sent(Map.of("enabled", List.of("on")));
    }

    /** What stands in the fields of that route. */
    static Sent of(RouteForm form) {
        Map<String, List<String>> values = new HashMap<>();
        values.put("name", form.name().stream().toList());
        values.put("enabled", form.enabled().orElse(true) ? List.of("on") : List.of());
        values.put("continues", form.continues().orElse(false) ? List.of("on") : List.of());
        values.put("position", texts(form.position()));
        values.put("matchers", List.of(String.join("\n", form.matchers().orElse(List.of()))));
        values.put("channels", form.channels());
        values.put("group_by", form.groupBy().orElse(List.of()));
        values.put("open_for_seconds", spans(form.openForSeconds()));
        values.put("min_anomalies", texts(form.minAnomalies()));
        values.put("min_nodes", texts(form.minNodes()));
        values.put("over_for_seconds", spans(form.overForSeconds()));
        values.put("wait_seconds", spans(form.waitSeconds()));
        values.put("interval_seconds", spans(form.intervalSeconds()));
        values.put("repeat_seconds", spans(form.repeatSeconds()));
        values.put("most_per_hour", texts(form.mostPerHour()));
        form.escalation()
                .ifPresent(one -> {
                    values.put("escalation.after_seconds", List.of(Sent.span(one.afterSeconds())));
                    values.put("escalation.channels", one.channels());
                });
        List<RouteForm.QuietForm> quiet = form.quietHours().orElse(List.of());
        for (int i = 0; i < quiet.size(); i++) {
            RouteForm.QuietForm one = quiet.get(i);
            String row = "quiet_hours." + i + ".";
            values.put(row + "zone", List.of(one.zone()));
            values.put(row + "days", one.days().orElse(List.of()));
            values.put(row + "from", List.of(one.from()));
            values.put(row + "to", List.of(one.to()));
            values.put(row + "passes", one.passes().stream().toList());
        }
        return new Sent(values);
    }

    private static List<String> texts(Optional<Integer> number) {
        return number.map(String::valueOf).stream().toList();
    }

    private static List<String> spans(Optional<Long> seconds) {
        return seconds.map(Sent::span).stream().toList();
    }

    /**
     * The route that stands in the fields.
     *
     * @throws dev.vedette.http.ProblemException at the field that cannot be read
     */
    static RouteForm read(Sent sent) {
        if (sent.several("channels").isEmpty()) {
            throw Sent.refused("channels", "nobody would hear", "choose at least one channel");
        }
        return new RouteForm(
                sent.set("name"),
                sent.whole("position"),
                Optional.of(sent.isOn("enabled")),
                Optional.of(sent.isOn("continues")),
                Optional.of(sent.lines("matchers")),
                sent.several("channels"),
                Optional.of(sent.several("group_by")),
                sent.seconds("open_for_seconds"),
                sent.whole("min_anomalies"),
                sent.whole("min_nodes"),
                sent.seconds("over_for_seconds"),
                sent.seconds("wait_seconds"),
                sent.seconds("interval_seconds"),
                sent.seconds("repeat_seconds"),
                sent.whole("most_per_hour"),
                escalation(sent),
                Optional.of(quiet(sent)));
    }

    private static Optional<RouteForm.EscalationForm> escalation(Sent sent) {
        Optional<Long> after = sent.seconds("escalation.after_seconds");
        List<String> channels = sent.several("escalation.channels");
        if (after.isEmpty() && !channels.isEmpty()) {
            throw Sent.refused(
                    "escalation.after_seconds",
                    "nobody would know when",
                    "give a time such as 15 min");
        }
        if (after.isPresent() && channels.isEmpty()) {
            throw Sent.refused(
                    "escalation.channels", "nobody would hear", "choose at least one channel");
        }
        return after.map(seconds -> new RouteForm.EscalationForm(seconds, channels));
    }

    private static List<RouteForm.QuietForm> quiet(Sent sent) {
        List<RouteForm.QuietForm> quiet = new ArrayList<>();
        for (int i = 0; i < MOST_QUIET; i++) {
            String row = "quiet_hours." + i + ".";
            boolean isSet = sent.isOn(row + "from") || sent.isOn(row + "to");
            if (isSet) {
                quiet.add(
                        new RouteForm.QuietForm(
                                sent.set(row + "zone").orElse("UTC"),
                                Optional.of(sent.several(row + "days"))
                                        .filter(days -> !days.isEmpty()),
                                sent.text(row + "from"),
                                sent.text(row + "to"),
                                sent.set(row + "passes")));
            }
        }
        return quiet;
    }

    /** The name of the field that a refusal's pointer is about. */
    static String field(String pointer) {
        String field = Sent.field(pointer);
        if (field.startsWith("matchers.")) {
            return "matchers";
        }
        return field.matches("quiet_hours\\.[0-9]+") ? field + ".from" : field;
    }

    /**
     * The fields.
     *
     * @param known names of the tenant's channels
     */
    static List<SettingForm.Group> groups(Sent sent, List<String> known, boolean isNew) {
        List<SettingForm.Group> groups = new ArrayList<>();
        groups.add(who(sent, known, isNew));
        groups.add(when(sent));
        groups.add(pace(sent));
        groups.add(
                new SettingForm.Group(
                        "When nobody takes it",
                        List.of(
                                text(sent, "escalation.after_seconds", "Tell others after"),
                                channels(sent, "escalation.channels", "Others", known))));
        int rows = 0;
        while (rows < MOST_QUIET - 1 && sent.isOn("quiet_hours." + rows + ".from")) {
            rows++;
        }
        for (int i = 0; i <= rows; i++) {
            groups.add(quietHours(sent, i));
        }
        return groups;
    }

    private static SettingForm.Group who(Sent sent, List<String> known, boolean isNew) {
        return new SettingForm.Group(
                "",
                List.of(
                        FormField.name(sent.text("name"), isNew),
                        FormField.lines("matchers", "Incidents", sent.text("matchers"))
                                .hint(
                                        "One condition a line, such as severity>=warning or"
                                                + " cluster=edge. None: all of them."),
                        channels(sent, "channels", "Channels", known),
                        text(sent, "position", "Place in the order")
                                .hint("Routes are asked from the lowest number on; usually 0."),
                        FormField.yesOrNo(
                                "continues",
                                "Ask the routes after it, too",
                                sent.isOn("continues")),
                        FormField.yesOrNo("enabled", "In use", sent.isOn("enabled"))));
    }

    private static FormField channels(Sent sent, String name, String label, List<String> known) {
        TreeSet<String> all = new TreeSet<>(known);
        all.addAll(sent.several(name));
        return FormField.several(name, label, sent.several(name), List.copyOf(all));
    }

    private static SettingForm.Group when(Sent sent) {
        return new SettingForm.Group(
                "Worth telling",
                List.of(
                        text(sent, "open_for_seconds", "Once it has lasted")
                                .hint("At once if empty."),
                        text(sent, "min_anomalies", "Anomalies, at least"),
                        text(sent, "min_nodes", "Nodes, at least"),
                        text(sent, "over_for_seconds", "Over once quiet for")
                                .hint(
                                        "Usually 2 min. What flares up again in between was never over.")));
    }

    private static SettingForm.Group pace(Sent sent) {
        return new SettingForm.Group(
                "How often",
                List.of(
                        FormField.several(
                                        "group_by",
                                        "One message for all alike in",
                                        sent.several("group_by"),
                                        KEYS)
                                .hint("None: one message per incident."),
                        text(sent, "wait_seconds", "Wait for more to join").hint("Usually 2 s."),
                        text(sent, "interval_seconds", "Between messages about one incident")
                                .hint("Usually 1 min."),
                        text(sent, "repeat_seconds", "Remind after").hint("Never if empty."),
                        text(sent, "most_per_hour", "Messages an hour, at most")
                                .hint("Usually 60.")));
    }

    private static SettingForm.Group quietHours(Sent sent, int i) {
        String row = "quiet_hours." + i + ".";
        return new SettingForm.Group(
                i == 0 ? "Quiet hours" : "More quiet hours",
                List.of(
                        text(sent, row + "from", "From, HH:MM"),
                        text(sent, row + "to", "To, HH:MM"),
                        text(sent, row + "zone", "Time zone")
                                .hint("Such as Europe/Berlin; UTC if empty."),
                        FormField.several(row + "days", "On", sent.several(row + "days"), DAYS)
                                .hint("None: every day."),
                        FormField.choice(
                                        row + "passes",
                                        "Told all the same, from",
                                        sent.text(row + "passes"),
                                        SEVERITIES)
                                .hint("Usually critical.")));
    }

    private static FormField text(Sent sent, String name, String label) {
        return FormField.text(name, label, sent.text(name));
    }
}

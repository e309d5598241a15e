package dev.vedette.dashboard;

import dev.vedette.alerting.RouteForm;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
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
    static Sent fresh(Language language) {
        return new Sent(Map.of("enabled", List.of("on")), language);
    }

    /** What stands in the fields of that route. */
    static Sent of(RouteForm form, Language language) {
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
        return new Sent(values, language);
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
            throw sent.refused("channels", "routeChannels");
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
            throw sent.refused("escalation.after_seconds", "routeAfter");
        }
        if (after.isPresent() && channels.isEmpty()) {
            throw sent.refused("escalation.channels", "routeChannels");
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
        FieldMaker fields = new FieldMaker(sent, "route");
        List<SettingForm.Group> groups = new ArrayList<>();
        groups.add(who(fields, known, isNew));
        groups.add(when(fields));
        groups.add(pace(fields));
        groups.add(
                SettingForm.Group.of(
                        fields.words("escalation"),
                        fields.text("escalation.after_seconds"),
                        channels(fields, "escalation.channels", known)));
        int rows = 0;
        while (rows < MOST_QUIET - 1 && sent.isOn("quiet_hours." + rows + ".from")) {
            rows++;
        }
        for (int i = 0; i <= rows; i++) {
            groups.add(quietHours(fields, i));
        }
        return groups;
    }

    private static SettingForm.Group who(FieldMaker fields, List<String> known, boolean isNew) {
        return SettingForm.Group.of(
                "",
                fields.name(isNew),
                fields.lines("matchers"),
                channels(fields, "channels", known),
                fields.text("position"),
                fields.yesOrNo("continues"),
                fields.yesOrNo("enabled"));
    }

    private static FormField channels(FieldMaker fields, String name, List<String> known) {
        TreeSet<String> all = new TreeSet<>(known);
        all.addAll(fields.sent().several(name));
        return fields.several(name, List.copyOf(all));
    }

    private static SettingForm.Group when(FieldMaker fields) {
        return SettingForm.Group.of(
                fields.words("when"),
                fields.text("open_for_seconds"),
                fields.text("min_anomalies"),
                fields.text("min_nodes"),
                fields.text("over_for_seconds"));
    }

    private static SettingForm.Group pace(FieldMaker fields) {
        return SettingForm.Group.of(
                fields.words("pace"),
                fields.several("group_by", KEYS),
                fields.text("wait_seconds"),
                fields.text("interval_seconds"),
                fields.text("repeat_seconds"),
                fields.text("most_per_hour"));
    }

    private static SettingForm.Group quietHours(FieldMaker fields, int i) {
        String row = "quiet_hours." + i + ".";
        return SettingForm.Group.of(
                fields.words(i == 0 ? "quiet_hours" : "quiet_hours.more"),
                fields.text(row + "from"),
                fields.text(row + "to"),
                fields.text(row + "zone"),
                fields.several(row + "days", DAYS).called(day -> dayName(day, fields)),
                fields.choice(row + "passes", SEVERITIES));
    }

    private static String dayName(String day, FieldMaker fields) {
        return DayOfWeek.of(1 + DAYS.indexOf(day))
                .getDisplayName(TextStyle.SHORT_STANDALONE, fields.sent().language().locale());
    }
}

package dev.vedette.alerting;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vedette.detection.engine.Severity;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A route as the API takes it and as it is stored; what is left out has the usual value.
 *
 * @param name its own within the tenant; needed to make one
 * @param position routes are asked in this order, then by name; 0
 * @param enabled whether it is asked; true
 * @param continues whether routes after it are asked, too; false
 * @param matchers such as {@code severity>=warning}; none: everything fits
 * @param channels names of channels, 1 to 10
 * @param groupBy any of cluster, severity, source; none: one message per incident
 * @param openForSeconds how long an incident must last before it is told; 0
 * @param minAnomalies how many anomalies it must have; 1
 * @param minNodes how many nodes it must touch; 1
 * @param overForSeconds how long it must be over before that is told; 120
 * @param waitSeconds how long the first message waits for more to join; 2
 * @param intervalSeconds least time between messages about one incident; 60
 * @param repeatSeconds after how long people are reminded; left out: never
 * @param mostPerHour most messages an hour that ask for attention; 60
 * @param escalation who hears when nobody takes it
 * @param quietHours when messages wait
 */
@Schema(name = "Route")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RouteForm(
        @Schema(examples = "on-call") Optional<String> name,
        Optional<Integer> position,
        Optional<Boolean> enabled,
        Optional<Boolean> continues,
        @Schema(examples = "[\"severity>=warning\",\"cluster=edge\"]")
                Optional<List<String>> matchers,
        @Schema(examples = "[\"ops-mail\"]") List<String> channels,
        Optional<List<String>> groupBy,
        Optional<Long> openForSeconds,
        Optional<Integer> minAnomalies,
        Optional<Integer> minNodes,
        Optional<Long> overForSeconds,
        Optional<Long> waitSeconds,
        Optional<Long> intervalSeconds,
        Optional<Long> repeatSeconds,
        Optional<Integer> mostPerHour,
        Optional<EscalationForm> escalation,
        Optional<List<QuietForm>> quietHours) {
    private static final int MOST_CHANNELS = 10;
    private static final int MOST_MATCHERS = 20;
    private static final int MOST_QUIET = 10;
    private static final long WEEK = 7 * 86_400;

    /**
     * Who hears when nobody takes it.
     *
     * @param afterSeconds how long after the first message
     * @param channels names of channels, 1 to 10
     */
    @Schema(name = "RouteEscalation")
    public record EscalationForm(
            @Schema(examples = "900") long afterSeconds, List<String> channels) {}

    /**
     * When messages wait.
     *
     * @param zone such as Europe/Berlin
     * @param days mon to sun on which it begins; none: every day
     * @param from first minute, HH:MM
     * @param to first minute after; the next day's when not later
     * @param passes the severity that is told all the same; critical
     */
    @Schema(name = "RouteQuietHours")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record QuietForm(
            @Schema(examples = "Europe/Berlin") String zone,
            Optional<List<String>> days,
            @Schema(examples = "22:00") String from,
            @Schema(examples = "06:00") String to,
            @Schema(examples = "critical") Optional<String> passes) {}

    /** The form of a stored route. */
    public static RouteForm of(Setting setting) {
        return Documents.read(setting.document(), RouteForm.class).named(setting.name());
    }

    /** The same under that name. */
    RouteForm named(String other) {
        return new RouteForm(
                Optional.of(other),
                position,
                enabled,
                continues,
                matchers,
                channels,
                groupBy,
                openForSeconds,
                minAnomalies,
                minNodes,
                overForSeconds,
                waitSeconds,
                intervalSeconds,
                repeatSeconds,
                mostPerHour,
                escalation,
                quietHours);
    }

    /**
     * The route it describes.
     *
     * @throws dev.vedette.http.ProblemException when a field breaks its rule
     */
    public Route read(String named) {
        return new Route(
                named,
                (int) Documents.within("/position", position.orElse(0), 0, 10_000),
                enabled.orElse(true),
                continues.orElse(false),
                matchers(matchers.orElse(List.of())),
                names("/channels", channels),
                groupBy.orElse(List.of()).stream().map(RouteForm::groupKey).toList(),
                new Route.Trigger(
                        seconds("/open_for_seconds", openForSeconds.orElse(0L)),
                        (int) Documents.within("/min_anomalies", minAnomalies.orElse(1), 1, 10_000),
                        (int) Documents.within("/min_nodes", minNodes.orElse(1), 1, 10_000)),
                seconds("/over_for_seconds", overForSeconds.orElse(120L)),
                pace(),
                escalation.map(RouteForm::escalation),
                quiet(quietHours.orElse(List.of())));
    }

    private Route.Pace pace() {
        Route.Pace usual = Route.Pace.USUAL;
        return new Route.Pace(
                seconds("/wait_seconds", waitSeconds.orElse(usual.first().toSeconds())),
                seconds("/interval_seconds", intervalSeconds.orElse(usual.between().toSeconds())),
                repeatSeconds.map(value ->
                        Duration.ofSeconds(Documents.within("/repeat_seconds", value, 60, WEEK))),
                (int)
                        Documents.within(
                                "/most_per_hour",
                                mostPerHour.orElse(usual.mostPerHour()),
                                1,
                                1000));
    }

    private static Route.Escalation escalation(EscalationForm form) {
        return new Route.Escalation(
                Duration.ofSeconds(
                        Documents.within("/escalation/after_seconds", form.afterSeconds, 60, WEEK)),
                names("/escalation/channels", form.channels));
    }

    private static Duration seconds(String pointer, long value) {
        return Duration.ofSeconds(Documents.within(pointer, value, 0, 86_400));
    }

    /** Reads matchers, at most 20. */
    static List<Matcher> matchers(List<String> texts) {
        Documents.within("/matchers", texts.size(), 0, MOST_MATCHERS);
        List<Matcher> matchers = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            matchers.add(
                    Documents.at(
                            "/matchers/" + i,
                            "send a matcher such as severity>=warning or node=api-*",
                            () -> Matcher.parse(text)));
        }
        return matchers;
    }

    private static List<String> names(String pointer, List<String> names) {
        Documents.within(pointer, names.size(), 1, MOST_CHANNELS);
        names.forEach(name -> AlertSettings.requireName(pointer, name));
        return names.stream().distinct().toList();
    }

    private static Route.GroupKey groupKey(String text) {
        return Documents.at(
                "/group_by",
                "send any of cluster, severity, source",
                () -> Route.GroupKey.valueOf(text.toUpperCase(Locale.ROOT)));
    }

    private static List<QuietHours> quiet(List<QuietForm> forms) {
        Documents.within("/quiet_hours", forms.size(), 0, MOST_QUIET);
        return IntStream.range(0, forms.size())
                .mapToObj(i ->
                        Documents.at(
                                "/quiet_hours/" + i,
                                "send zone such as Europe/Berlin, days such as mon, from and to as"
                                        + " HH:MM, passes info, warning or critical",
                                () -> quiet(forms.get(i))))
                .toList();
    }

    private static QuietHours quiet(QuietForm form) {
        return new QuietHours(
                ZoneId.of(form.zone),
                form.days.map(RouteForm::days).orElse(EnumSet.allOf(DayOfWeek.class)),
                LocalTime.parse(form.from),
                LocalTime.parse(form.to),
                Severity.valueOf(form.passes.orElse("critical").toUpperCase(Locale.ROOT)));
    }

    private static Set<DayOfWeek> days(List<String> names) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String name : names) {
            days.add(
                    Arrays.stream(DayOfWeek.values())
                            .filter(day -> day.name().substring(0, 3).equalsIgnoreCase(name))
                            .findFirst()
                            .orElseThrow(() ->
                                    new IllegalArgumentException(
                                            "days are mon, tue, wed, thu, fri, sat and sun")));
        }
        return days;
    }
}

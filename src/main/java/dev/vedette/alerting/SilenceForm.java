package dev.vedette.alerting;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vedette.http.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A silence as the API takes it and as it is stored. Times are by the clock of its zone, or with an
 * offset, and then brought to that clock.
 *
 * @param name its own within the tenant; left out: made up
 * @param matchers such as {@code cluster=edge}, at least one
 * @param reason why, at least one word
 * @param author who said so: the caller, whatever is sent
 * @param zone whose clock; UTC
 * @param startsAt when it begins; left out: now
 * @param endsAt when it ends; or send duration_seconds
 * @param durationSeconds how long it lasts
 * @param rrule when it comes again, as RFC 5545 says; left out: once
 * @param except starts that are left out
 * @param expiresAt when it ends for good
 */
@Schema(name = "Silence")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record SilenceForm(
        @Schema(examples = "patch-night") Optional<String> name,
        @Schema(examples = "[\"cluster=edge\"]") List<String> matchers,
        @Schema(examples = "patches, every Tuesday night") String reason,
        Optional<String> author,
        @Schema(examples = "Europe/Berlin") Optional<String> zone,
        @Schema(examples = "2026-11-24T22:00:00") Optional<String> startsAt,
        Optional<String> endsAt,
        @Schema(examples = "7200") Optional<Long> durationSeconds,
        @Schema(examples = "FREQ=WEEKLY;BYDAY=TU") Optional<String> rrule,
        Optional<List<String>> except,
        Optional<String> expiresAt) {
    private static final int LONGEST_REASON = 500;
    private static final String TIME_FIX =
            "send a time such as 2026-11-24T22:00:00, by the clock of zone, or with an offset";

    /** The form of a stored silence. */
    public static SilenceForm of(Setting setting) {
        return Documents.read(setting.document(), SilenceForm.class).named(setting.name());
    }

    /** The form of a silence. */
    public static SilenceForm of(Silence silence) {
        Schedule schedule = silence.schedule();
        Optional<List<String>> except =
                schedule.except().isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                schedule.except().stream()
                                        .sorted()
                                        .map(LocalDateTime::toString)
                                        .toList());
        return new SilenceForm(
                Optional.of(silence.name()),
                silence.matchers().stream().map(Matcher::text).toList(),
                silence.reason(),
                Optional.of(silence.author()),
                Optional.of(schedule.zone().getId()),
                Optional.of(schedule.start().toString()),
                Optional.empty(),
                Optional.of(schedule.length().toSeconds()),
                schedule.rule(),
                except,
                silence.expiresAt().map(Instant::toString));
    }

    private SilenceForm named(String other) {
        return new SilenceForm(
                Optional.of(other),
                matchers,
                reason,
                author,
                zone,
                startsAt,
                endsAt,
                durationSeconds,
                rrule,
                except,
                expiresAt);
    }

    /**
     * The silence it describes.
     *
     * @param by its author
     * @param now when it begins if the form does not say
     * @throws ProblemException when a field breaks its rule
     */
    public Silence read(String named, String by, Instant now) {
        if (matchers.isEmpty()) {
            throw Documents.refuse(
                    "/matchers", "a silence needs a matcher", "send cluster=* to mute everything");
        }
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw Documents.refuse(
                    "/reason",
                    "a silence needs a reason of at most " + LONGEST_REASON + " characters",
                    "say why, for those who wonder");
        }
        return new Silence(
                named,
                RouteForm.matchers(matchers),
                reason.strip(),
                by,
                schedule(now),
                expiresAt.map(text ->
                        Documents.at(
                                "/expires_at",
                                "send a time such as 2026-12-31T00:00:00Z",
                                () -> OffsetDateTime.parse(text).toInstant())));
    }

    private Schedule schedule(Instant now) {
        ZoneId clock =
                Documents.at(
                        "/zone",
                        "send a zone such as Europe/Berlin",
                        () -> ZoneId.of(zone.orElse("UTC")));
        LocalDateTime start =
                startsAt.map(text -> time("/starts_at", text, clock))
                        .orElseGet(() -> now.atZone(clock).toLocalDateTime().withNano(0));
        Duration length = length(start, clock);
        Set<LocalDateTime> left = new HashSet<>();
        except.orElse(List.of()).forEach(text -> left.add(time("/except", text, clock)));
        return Documents.at(
                rrule.isPresent() ? "/rrule" : "/duration_seconds",
                "send a recurrence of RFC 5545 such as FREQ=WEEKLY;BYDAY=TU, and an end after the"
                        + " start, at most a year later",
                () -> new Schedule(clock, start, length, rrule, left));
    }

    private Duration length(LocalDateTime start, ZoneId clock) {
        if (durationSeconds.isPresent() == endsAt.isPresent()) {
            throw Documents.refuse(
                    "/duration_seconds",
                    "a silence needs either ends_at or duration_seconds",
                    "send one of the two");
        }
        return durationSeconds
                .map(Duration::ofSeconds)
                .orElseGet(() ->
                        Duration.between(start, time("/ends_at", endsAt.orElseThrow(), clock)));
    }

    private static LocalDateTime time(String pointer, String text, ZoneId clock) {
        boolean hasOffset = text.matches(".*(Z|[+-][0-9]{2}:[0-9]{2})$");
        return Documents.at(
                pointer,
                TIME_FIX,
                () ->
                        hasOffset
                                ? OffsetDateTime.parse(text)
                                        .atZoneSameInstant(clock)
                                        .toLocalDateTime()
                                : LocalDateTime.parse(text));
    }
}

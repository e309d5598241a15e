package dev.vedette.alerting.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vedette.alerting.AlertSettings;
import dev.vedette.alerting.CalendarFile;
import dev.vedette.alerting.IncidentFacts;
import dev.vedette.alerting.Matcher;
import dev.vedette.alerting.Setting;
import dev.vedette.alerting.Silence;
import dev.vedette.alerting.SilenceForm;
import dev.vedette.alerting.SilencePreview;
import dev.vedette.alerting.SilencePreviews;
import dev.vedette.http.ApiTime;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.ProblemException;
import dev.vedette.http.TakesIdempotencyKey;
import dev.vedette.http.TimeParameters;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a silence would mute, and silences out of calendars. */
@Path("/api/v1/silences")
@Tag(name = "Alerting")
public class SilenceTrialsResource {
    private static final int MOST_SHOWN = 100;
    private static final Duration LOOK_BACK = Duration.ofDays(30);
    private static final int LONGEST_FILE = 1_000_000;

    private final CurrentCaller current;
    private final AlertSettings settings;
    private final SilencePreviews previews;
    private final InstantSource clock;

    SilenceTrialsResource(
            CurrentCaller current,
            AlertSettings settings,
            SilencePreviews previews,
            InstantSource clock) {
        this.current = current;
        this.settings = settings;
        this.previews = previews;
        this.clock = clock;
    }

    /**
     * A silence to try.
     *
     * @param from first moment of the past to look at; 30 days ago
     * @param to first moment after; now
     */
    @Schema(name = "SilenceToPreview")
    public record Posted(SilenceForm silence, Optional<String> from, Optional<String> to) {}

    /** An incident in short. */
    @Schema(name = "PreviewedIncident")
    record Item(UUID incidentId, String title, String severity, ApiTime startedAt) {
        static Item of(IncidentFacts incident) {
            return new Item(
                    incident.id(),
                    incident.title(),
                    incident.severity().label(),
                    SettingJson.time(incident.startedAt()));
        }
    }

    /**
     * What it would have muted.
     *
     * @param muted how many incidents nobody would have heard of
     * @param later how many would have been told later, because they outlasted it
     * @param told how many would have been told all the same
     * @param isPartial whether there were more incidents than are looked at
     * @param incidents the muted ones, newest first, at most 100
     */
    @Schema(name = "SilencePreview")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record PreviewJson(int muted, int later, int told, boolean isPartial, List<Item> incidents) {}

    /** Tells what a silence would have muted of the past. */
    @POST
    @Path("/preview")
    @RolesAllowed("viewer")
    @Operation(
            summary = "Preview a silence on the past",
            operationId = "previewSilence",
            description =
                    "Runs the tenant's routes and silences over its newest 1000 incidents of the"
                            + " range, with the silence and without it. Nothing is stored.")
    public Uni<PreviewJson> preview(@NotNull Posted posted) {
        Instant now = clock.instant();
        TenantId tenant = current.tenant();
        Silence silence =
                posted.silence.read(
                        posted.silence.name().orElse("preview"), current.caller().subject(), now);
        Instant from = TimeParameters.time("from", posted.from).orElse(now.minus(LOOK_BACK));
        Instant to = TimeParameters.time("to", posted.to).orElse(now);
        return previews.of(tenant, silence, from, to, now)
                .map(tried -> {
                    SilencePreview found = tried.preview();
                    return new PreviewJson(
                            found.muted().size(),
                            found.later().size(),
                            found.told().size(),
                            tried.isPartial(),
                            found.muted().stream().limit(MOST_SHOWN).map(Item::of).toList());
                });
    }

    /**
     * A calendar to import.
     *
     * @param calendar the file's text, iCalendar, at most a million characters
     * @param matchers what its events mute; everything
     * @param zone of events that name none; UTC
     * @param prefix what the names of the silences begin with
     */
    @Schema(name = "CalendarToImport")
    public record Calendar(
            String calendar,
            Optional<List<String>> matchers,
            @Schema(examples = "Europe/Berlin") Optional<String> zone,
            @Schema(examples = "holidays") String prefix) {}

    /**
     * What was imported.
     *
     * @param silences names of the silences, in the calendar's order
     */
    @Schema(name = "CalendarImported")
    record Imported(List<String> silences) {}

    /** Makes a silence of every event of a calendar. */
    @POST
    @TakesIdempotencyKey
    @Parameter(ref = "IdempotencyKey")
    @Path("/import")
    @RolesAllowed("analyst")
    @Operation(
            summary = "Import a calendar of maintenance windows or holidays",
            operationId = "importSilences",
            description =
                    "One silence per event, recurrence included. One of the same name is replaced,"
                            + " so the same calendar can be imported again.")
    public Uni<Imported> importCalendar(@NotNull Calendar posted) {
        AlertSettings.requireName("/prefix", posted.prefix);
        List<SilenceForm> forms = forms(posted);
        return Multi.createFrom()
                .iterable(forms)
                .onItem()
                .transformToUniAndConcatenate(this::put)
                .collect()
                .asList()
                .map(stored -> new Imported(stored.stream().map(Setting::name).toList()));
    }

    private Uni<Setting> put(SilenceForm form) {
        String name = form.name().orElseThrow();
        return settings.list(
                        current.tenant(),
                        Setting.Kind.SILENCE,
                        Optional.empty(),
                        AlertSettings.MOST)
                .map(all -> all.stream().filter(one -> one.name().equals(name)).findFirst())
                .chain(before ->
                        settings.putSilence(
                                current.caller(),
                                name,
                                form,
                                before.map(one -> OptionalLong.of(one.revision()))
                                        .orElse(OptionalLong.empty())));
    }

    private List<SilenceForm> forms(Calendar posted) {
        List<Matcher> matchers = new ArrayList<>();
        try {
            if (posted.calendar.length() > LONGEST_FILE) {
                throw new IllegalArgumentException("a calendar has at most a million characters");
            }
            posted.matchers
                    .orElse(List.of("cluster=*"))
                    .forEach(text -> matchers.add(Matcher.parse(text)));
            List<SilenceForm> forms = new ArrayList<>();
            for (CalendarFile.Event event :
                    CalendarFile.read(posted.calendar, ZoneId.of(posted.zone.orElse("UTC")))) {
                forms.add(SilenceForm.of(silence(posted, matchers, event)));
            }
            return forms;
        } catch (IllegalArgumentException | DateTimeException e) {
            throw ProblemException.invalid(
                    "/calendar",
                    "invalid_value",
                    String.valueOf(e.getMessage()),
                    "send an iCalendar file (.ics) as text, matchers such as cluster=edge, a zone"
                            + " such as Europe/Berlin");
        }
    }

    private Silence silence(Calendar posted, List<Matcher> matchers, CalendarFile.Event event) {
        String what = event.summary() + "/" + event.schedule().start();
        String name =
                posted.prefix
                        + "-"
                        + UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8))
                                .toString()
                                .substring(0, 8);
        return new Silence(
                name,
                matchers,
                event.summary().isBlank() ? "calendar" : event.summary(),
                current.caller().subject(),
                event.schedule(),
                Optional.empty());
    }
}

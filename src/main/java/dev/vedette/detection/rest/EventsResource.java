package dev.vedette.detection.rest;

import dev.vedette.detection.Anomaly;
import dev.vedette.detection.AnomalyEvents;
import dev.vedette.detection.AnomalyQueries;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.TimeFormat;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The live stream of what detection finds, as server-sent events. */
@Path("/api/v1/events")
@Tag(name = "Anomalies")
public class EventsResource {
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final int MOST_RESUMED = 500;

    private final CurrentCaller current;
    private final AnomalyEvents events;
    private final AnomalyQueries anomalies;
    private final InstantSource clock;

    EventsResource(
            CurrentCaller current,
            AnomalyEvents events,
            AnomalyQueries anomalies,
            InstantSource clock) {
        this.current = current;
        this.events = events;
        this.anomalies = anomalies;
        this.clock = clock;
    }

    /**
     * Streams events. {@code anomaly}: one opened, extended or closed, its record as data. {@code
     * refetch}: events were lost, read the lists again. {@code ping}: nothing happened.
     */
    @GET
    @RolesAllowed("viewer")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Follow anomalies live",
            operationId = "followEvents",
            description =
                    "Server-sent events: anomaly (the record), refetch (events were lost), ping."
                            + " Last-Event-ID resumes.")
    public Multi<OutboundSseEvent> follow(
            @HeaderParam("Last-Event-ID") Optional<String> lastEventId,
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat,
            @Context Sse sse) {
        TenantId tenant = current.tenant();
        TimeFormat format = TimeFormat.of(timeFormat);
        Multi<OutboundSseEvent> pings =
                Multi.createFrom()
                        .ticks()
                        .every(HEARTBEAT)
                        .onOverflow()
                        .drop()
                        .map(_ -> event(sse, "ping", Map.of()));
        Multi<OutboundSseEvent> live = events.of(tenant).map(event -> live(sse, event, format));
        Multi<OutboundSseEvent> missed =
                lastEventId
                        .map(id -> missed(tenant, id, sse, format))
                        .orElse(Multi.createFrom().empty());
        // The first ping opens the stream at once, whatever buffers lie between.
        return Multi.createBy()
                .merging()
                .streams(
                        Multi.createFrom().item(event(sse, "ping", Map.of())), missed, live, pings);
    }

    private OutboundSseEvent live(Sse sse, AnomalyEvents.Event event, TimeFormat format) {
        return switch (event) {
            case AnomalyEvents.Event.Changed(Anomaly anomaly) -> changed(sse, anomaly, format);
            case AnomalyEvents.Event.Lost() -> event(sse, "refetch", Map.of());
        };
    }

    private OutboundSseEvent changed(Sse sse, Anomaly anomaly, TimeFormat format) {
        return event(sse, "anomaly", AnomalyJson.of(anomaly, format));
    }

    // The id is the time of sending: what was created or still went on since then was missed.
    private OutboundSseEvent event(Sse sse, String name, Object data) {
        return sse.newEventBuilder()
                .id(String.valueOf(clock.millis()))
                .name(name)
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(data)
                .build();
    }

    private Multi<OutboundSseEvent> missed(
            TenantId tenant, String lastEventId, Sse sse, TimeFormat format) {
        if (!lastEventId.matches("\\d{1,15}")) {
            return Multi.createFrom().item(event(sse, "refetch", Map.of()));
        }
        Instant since = Instant.ofEpochMilli(Long.parseLong(lastEventId));
        return anomalies
                .list(tenant, AnomalyQueries.Filter.ALL, Optional.empty(), MOST_RESUMED)
                .onItem()
                .transformToMulti(found -> resumed(found, since, sse, format));
    }

    private Multi<OutboundSseEvent> resumed(
            List<Anomaly> found, Instant since, Sse sse, TimeFormat format) {
        List<OutboundSseEvent> missed =
                found.stream()
                        .filter(one ->
                                !one.createdAt().isBefore(since)
                                        || !one.result().windowEnd().isBefore(since))
                        .sorted(Comparator.comparing(Anomaly::createdAt))
                        .map(one -> changed(sse, one, format))
                        .toList();
        Multi<OutboundSseEvent> all = Multi.createFrom().iterable(missed);
        return missed.size() < MOST_RESUMED
                ? all
                : Multi.createBy()
                        .concatenating()
                        .streams(all, Multi.createFrom().item(event(sse, "refetch", Map.of())));
    }
}

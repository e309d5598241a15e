package dev.vedette.detection.rest;

import dev.vedette.detection.Anomaly;
import dev.vedette.detection.AnomalyEvents;
import dev.vedette.detection.FeedCursor;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.EndlessStreams;
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
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The live stream of what detection finds, as server-sent events. */
@Path("/api/v1/events")
@Tag(name = "Anomalies")
public class EventsResource {
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final CurrentCaller current;
    private final AnomalyEvents events;
    private final EndlessStreams streams;

    EventsResource(CurrentCaller current, AnomalyEvents events, EndlessStreams streams) {
        this.current = current;
        this.events = events;
        this.streams = streams;
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
                            + " They tell what any worker found. Last-Event-ID resumes for an hour:"
                            + " no change is missed, a few may come twice.")
    public Multi<OutboundSseEvent> follow(
            @HeaderParam("Last-Event-ID") Optional<String> lastEventId,
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat,
            @Context Sse sse) {
        TenantId tenant = current.tenant();
        TimeFormat format = TimeFormat.of(timeFormat);
        Optional<FeedCursor> since = lastEventId.flatMap(FeedCursor::parse);
        Multi<OutboundSseEvent> pings =
                Multi.createFrom()
                        .ticks()
                        .every(HEARTBEAT)
                        .onOverflow()
                        .drop()
                        // Without an id a browser keeps the one it has.
                        .map(_ -> event(sse, "ping", Optional.empty(), Map.of()));
        Multi<OutboundSseEvent> live =
                events.of(tenant, since).map(event -> live(sse, event, format));
        Multi<OutboundSseEvent> unknown =
                lastEventId.isPresent() && since.isEmpty()
                        ? Multi.createFrom().item(event(sse, "refetch", Optional.empty(), Map.of()))
                        : Multi.createFrom().empty();
        // The first ping opens the stream at once, whatever buffers lie between.
        Multi<OutboundSseEvent> first =
                Multi.createFrom().item(event(sse, "ping", Optional.empty(), Map.of()));
        return streams.untilStop(Multi.createBy().merging().streams(first, unknown, live, pings));
    }

    private static OutboundSseEvent live(Sse sse, AnomalyEvents.Event event, TimeFormat format) {
        return switch (event) {
            case AnomalyEvents.Event.Here(FeedCursor at) ->
                    event(sse, "ping", Optional.of(at), Map.of());
            case AnomalyEvents.Event.Changed(Anomaly anomaly, FeedCursor at) ->
                    event(sse, "anomaly", Optional.of(at), AnomalyJson.of(anomaly, format));
            case AnomalyEvents.Event.Lost(FeedCursor at) ->
                    event(sse, "refetch", Optional.of(at), Map.of());
        };
    }

    private static OutboundSseEvent event(
            Sse sse, String name, Optional<FeedCursor> at, Object data) {
        OutboundSseEvent.Builder event =
                sse.newEventBuilder()
                        .name(name)
                        .mediaType(MediaType.APPLICATION_JSON_TYPE)
                        .data(data);
        at.ifPresent(place -> event.id(place.toString()));
        return event.build();
    }
}

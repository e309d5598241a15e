package dev.vedette.dashboard;

import dev.vedette.detection.AnomalyEvents;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.EndlessStreams;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Tells open pages that there is something new; they then ask for themselves. */
@Path("/live")
public class LiveEvents {
    /** Scores move without anomalies, too: this often a page looks anyway. */
    private static final Duration ANYWAY = Duration.ofSeconds(15);

    private final CurrentCaller caller;
    private final AnomalyEvents events;
    private final EndlessStreams streams;

    LiveEvents(CurrentCaller caller, AnomalyEvents events, EndlessStreams streams) {
        this.caller = caller;
        this.events = events;
        this.streams = streams;
    }

    /** An event {@code changed} whenever an anomaly opens, goes on or ends, and now and then. */
    @GET
    @RolesAllowed("viewer")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(hidden = true)
    public Multi<OutboundSseEvent> live(@Context Sse sse) {
        Multi<String> anomalies =
                events.of(caller.tenant(), Optional.empty())
                        .filter(event -> !(event instanceof AnomalyEvents.Event.Here))
                        .group()
                        .intoLists()
                        .every(Duration.ofSeconds(1))
                        .filter(batch -> !batch.isEmpty())
                        .map(batch -> "anomaly");
        Multi<String> anyway =
                Multi.createFrom().ticks().every(ANYWAY).onOverflow().drop().map(tick -> "score");
        return streams.untilStop(Multi.createBy().merging().streams(anomalies, anyway))
                .map(why -> sse.newEventBuilder().name("changed").data(why).build());
    }
}

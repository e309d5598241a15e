package dev.vedette.detection.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vedette.detection.PointJudge;
import dev.vedette.detection.engine.DetectionEngine;
import dev.vedette.detection.engine.EngineRegistry;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The detection engines there are. */
@Path("/api/v1/engines")
@Tag(name = "Detection")
public class EnginesResource {
    private final EngineRegistry engines;
    private final PointJudge judge;

    EnginesResource(EngineRegistry engines, PointJudge judge) {
        this.engines = engines;
        this.judge = judge;
    }

    /**
     * The engines.
     *
     * @param items the one used where none is named first
     */
    @Schema(name = "Engines")
    public record EnginesJson(List<EngineJson> items) {}

    /**
     * One engine.
     *
     * @param live whether it judges live points
     * @param channels its kinds of evidence
     */
    @Schema(name = "Engine")
    public record EngineJson(
            @Schema(examples = "ensemble") String id,
            int version,
            @JsonProperty("live") boolean live,
            List<String> channels) {
        static EngineJson of(DetectionEngine engine, String live) {
            return new EngineJson(
                    engine.id(), engine.version(), engine.id().equals(live), engine.channels());
        }
    }

    /** Lists the engines. */
    @GET
    @RolesAllowed("viewer")
    @NonBlocking
    @Operation(summary = "List detection engines", operationId = "listEngines")
    public EnginesJson list() {
        return new EnginesJson(
                engines.all().stream()
                        .map(engine -> EngineJson.of(engine, judge.liveEngine()))
                        .toList());
    }
}

package dev.vedette.http.rest;

import dev.vedette.http.ApiTime;
import dev.vedette.http.AuditEvent;
import dev.vedette.http.AuditStore;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.Cursors;
import dev.vedette.http.Page;
import dev.vedette.http.Pages;
import dev.vedette.http.TimeFormat;
import dev.vedette.http.TimeParameters;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who changed what. */
@Path("/api/v1/audit")
@Tag(name = "Access")
public class AuditResource {
    private final CurrentCaller current;
    private final AuditStore store;
    private final Cursors cursors;

    AuditResource(CurrentCaller current, AuditStore store, Cursors cursors) {
        this.current = current;
        this.store = store;
        this.cursors = cursors;
    }

    /**
     * One change.
     *
     * @param tenantId whose credential; null for the platform's administrator
     * @param subject a user's name, or key:&lt;id&gt; of an API key
     * @param credential token, api_key or session; null when a job did what somebody asked for
     * @param requestId of the request that made it, as the log has it
     */
    @Schema(name = "AuditEvent")
    public record AuditJson(
            UUID id,
            ApiTime at,
            @Schema(examples = "acme") Optional<String> tenantId,
            @Schema(examples = "ann@example.org") String subject,
            @Schema(examples = "session") Optional<String> credential,
            @Schema(examples = "api_key.create") String action,
            @Schema(examples = "k3v9q2hd") String object,
            @Schema(examples = "0b1f6b2c9d4e4f0a") Optional<String> requestId) {
        static AuditJson of(AuditEvent event, TimeFormat format) {
            return new AuditJson(
                    event.id(),
                    new ApiTime(event.at(), format),
                    event.tenant().map(TenantId::value),
                    event.subject(),
                    event.credential().map(one -> one.name().toLowerCase(Locale.ROOT)),
                    event.action(),
                    event.object(),
                    event.requestId());
        }
    }

    /** Lists changes, the newest first. */
    @GET
    @RolesAllowed({"admin", "platform-admin"})
    @Operation(
            summary = "List changes",
            operationId = "listAudit",
            description =
                    "Who changed keys, users, rules, thresholds, channels and other settings. An"
                            + " administrator sees the tenant's own, the platform's administrator"
                            + " all. Reading is not listed.")
    public Uni<Page<AuditJson>> list(
            @QueryParam("from") @Parameter(example = "2026-11-01T00:00:00Z") Optional<String> from,
            @QueryParam("to") @Parameter(example = "2026-12-01T00:00:00Z") Optional<String> to,
            @QueryParam("subject") @Parameter(example = "ann@example.org") Optional<String> subject,
            @QueryParam("action")
                    @Parameter(
                            example = "api_key.create",
                            description = "Whole, or a kind with its dot: api_key.")
                    Optional<String> action,
            @QueryParam("object") Optional<String> object,
            @QueryParam("limit") @DefaultValue(Pages.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") Optional<String> cursor,
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat) {
        AuditStore.Question question =
                new AuditStore.Question(
                        current.caller().tenant(),
                        TimeParameters.time("from", from),
                        TimeParameters.time("to", to),
                        subject,
                        action,
                        object);
        TimeFormat format = TimeFormat.of(timeFormat);
        int most = Pages.limit(limit);
        List<?> asked = List.of("audit", question);
        Optional<AuditStore.Place> after = cursors.decode(asked, cursor, AuditStore.Place::new);
        return store.list(question, after, most + 1)
                .map(rows ->
                        Page.of(
                                rows,
                                most,
                                event -> AuditJson.of(event, format),
                                last -> cursors.encode(asked, last.at(), last.id())));
    }
}

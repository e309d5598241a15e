package dev.vedette.http.rest;

import dev.vedette.http.CurrentCaller;
import dev.vedette.http.UsageReport;
import dev.vedette.http.UsageReports;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the tenant uses of what it may. */
@Path("/api/v1/usage")
@Tag(name = "Access")
public class UsageResource {
    private final CurrentCaller current;
    private final UsageReports reports;

    UsageResource(CurrentCaller current, UsageReports reports) {
        this.current = current;
        this.reports = reports;
    }

    /**
     * Something against its limit.
     *
     * @param used of it
     * @param limit most of it
     * @param ratio used over limit
     */
    @Schema(name = "Quota")
    public record Quota(
            @Schema(examples = "1200") double used,
            @Schema(examples = "1000000") double limit,
            @Schema(examples = "0.0012") double ratio) {
        static Quota of(UsageReport.Quota quota) {
            return new Quota(quota.used(), quota.limit(), quota.ratio());
        }
    }

    /**
     * The room that points take.
     *
     * @param bytesPerDay of the last 24 hours, without indexes and roll-ups
     * @param estimatedBytes of all that is kept, if every day was like the last
     * @param retention how long points are kept
     */
    @Schema(name = "StorageUsage")
    public record Storage(
            long bytesPerDay,
            long estimatedBytes,
            @Schema(examples = "PT2160H") String retention) {}

    /**
     * Alerts of the last 24 hours.
     *
     * @param anomalies that began
     * @param openIncidents right now
     * @param messages delivered
     */
    @Schema(name = "AlertUsage")
    public record Alerts(long anomalies, long openIncidents, long messages) {}

    /**
     * What the tenant uses.
     *
     * @param pointsPerSecond mean of the last 24 hours
     */
    @Schema(name = "Usage")
    public record Usage(Quota series, Quota pointsPerSecond, Storage storage, Alerts alerts) {}

    /** Counts what the tenant uses. */
    @GET
    @RolesAllowed("viewer")
    @Operation(
            summary = "Tell what the tenant uses",
            operationId = "readUsage",
            description =
                    "Series, points per second and storage of the last 24 hours, alerts; against the"
                            + " tenant's limits. Counted when asked: poll it by the minute at most.")
    public Uni<Usage> read() {
        return reports.of(current.tenant()).map(UsageResource::usage);
    }

    private static Usage usage(UsageReport report) {
        return new Usage(
                Quota.of(report.series()),
                Quota.of(report.pointsPerSecond()),
                new Storage(
                        report.bytesPerDay(),
                        report.estimatedBytes(),
                        report.retention().toString()),
                new Alerts(report.anomalies(), report.openIncidents(), report.messages()));
    }
}

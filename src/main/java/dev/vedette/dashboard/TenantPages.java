package dev.vedette.dashboard;

import dev.vedette.http.CurrentCaller;
import dev.vedette.http.ProblemException;
import dev.vedette.http.Tenants;
import dev.vedette.http.UsageReport;
import dev.vedette.http.UsageReports;
import dev.vedette.http.rest.Fields;
import dev.vedette.tenant.Tenant;
import dev.vedette.tenant.TenantId;
import dev.vedette.tenant.TenantLimits;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** All tenants with what they use, for the platform's administrator; no tenant's data. */
@Path("/admin/tenants")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed("platform-admin")
public class TenantPages {
    private static final int SHOWN = 25;
    private static final int COUNTED_AT_ONCE = 4;
    private static final int MOST_NAME = 200;

    private final Visits visits;
    private final PageAnswers answers;
    private final Tenants tenants;
    private final UsageReports reports;
    private final CurrentCaller caller;
    private final InstantSource time;

    TenantPages(
            Visits visits,
            PageAnswers answers,
            Tenants tenants,
            UsageReports reports,
            CurrentCaller caller,
            InstantSource time) {
        this.visits = visits;
        this.answers = answers;
        this.tenants = tenants;
        this.reports = reports;
        this.caller = caller;
        this.time = time;
    }

    private record Counted(Tenant tenant, UsageReport report) {}

    /** The tenants, and a form that makes one. */
    @GET
    @Operation(hidden = true)
    public Uni<Response> show(RoutingContext context) {
        return page(context, form(new Sent(Map.of())));
    }

    /** Makes the tenant of the form. */
    @POST
    @Path("save")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> save(RoutingContext context, MultivaluedMap<String, String> values) {
        Sent sent = new Sent(values);
        return Uni.createFrom()
                .deferred(() -> tenants.create(caller.caller(), tenant(sent)))
                .map(_ -> Response.seeOther(URI.create("/admin/tenants")).build())
                .onFailure(ProblemException.class)
                .recoverWithUni(refusal -> page(context, form(sent).refused(refusal, Sent::field)));
    }

    private Tenant tenant(Sent sent) {
        return new Tenant(
                Fields.tenant("/id", sent.text("id")),
                sent.set("name")
                        .filter(name -> name.length() <= MOST_NAME)
                        .orElseThrow(() ->
                                Sent.refused(
                                        "name",
                                        "a tenant needs a name of 1 to "
                                                + MOST_NAME
                                                + " characters",
                                        "say whose it is")),
                Fields.zone("/zone", sent.set("zone").orElse("UTC")),
                new TenantLimits(
                        above0(sent, "max_series", TenantLimits.DEFAULT.maxSeries()),
                        above0(sent, "max_points", TenantLimits.DEFAULT.maxPointsPerSecond()),
                        Duration.ofDays(
                                above0(
                                        sent,
                                        "retention_days",
                                        (int) TenantLimits.DEFAULT.retention().toDays()))),
                time.instant());
    }

    private static int above0(Sent sent, String name, int usual) {
        int value = sent.whole(name).orElse(usual);
        if (value <= 0) {
            throw Sent.refused(name, "it must be above 0, is " + value, "leave it empty as usual");
        }
        return value;
    }

    private static SettingForm form(Sent sent) {
        return new SettingForm(
                "Make a tenant",
                "/admin/tenants/save",
                "",
                List.of(
                        new SettingForm.Group(
                                "",
                                List.of(
                                        FormField.text("id", "Id", sent.text("id"))
                                                .hint("1 to 63 of a-z, 0-9, - and _; it stays."),
                                        FormField.text("name", "Name", sent.text("name")),
                                        FormField.text("zone", "Time zone", sent.text("zone"))
                                                .hint("Such as Europe/Oslo; empty: UTC."))),
                        new SettingForm.Group(
                                "Limits",
                                List.of(
                                        limit(sent, "max_series", "Series"),
                                        limit(sent, "max_points", "Points a second"),
                                        limit(sent, "retention_days", "Points are kept, days")))),
                "",
                "");
    }

    private static FormField limit(Sent sent, String name, String label) {
        return FormField.text(name, label, sent.text(name)).hint("Empty: as usual.");
    }

    private Uni<Response> page(RoutingContext context, SettingForm form) {
        return visits.ofAnyone(context, Window.Length.DAY)
                .chain(visit ->
                        answers.page(
                                visit,
                                visit.language().say("title.tenants"),
                                AdminPages.SECTION,
                                read(visit, Visits.query(context, "after"), form).map(Optional::of),
                                Pages::tenants));
    }

    private Uni<TenantsView> read(Visit visit, Optional<String> after, SettingForm form) {
        return tenants.list(after.map(id -> Fields.tenant("?after", id)), SHOWN + 1)
                .chain(found ->
                        Multi.createFrom()
                                .iterable(found.subList(0, Math.min(SHOWN, found.size())))
                                .onItem()
                                .transformToUni(tenant ->
                                        reports.of(tenant.id())
                                                .map(report -> new Counted(tenant, report)))
                                .merge(COUNTED_AT_ONCE)
                                .collect()
                                .asList()
                                .map(counted -> view(visit, counted, found.size() > SHOWN, form)));
    }

    private static TenantsView view(
            Visit visit, List<Counted> counted, boolean isMore, SettingForm form) {
        List<Counted> byId =
                counted.stream()
                        .sorted(java.util.Comparator.comparing(one -> one.tenant().id().value()))
                        .toList();
        long near =
                counted.stream()
                        .filter(one ->
                                !UsageWords.series(one.report()).state().equals("quiet")
                                        || !UsageWords.points(one.report()).state().equals("quiet"))
                        .count();
        String many =
                (isMore ? "The first " : "") + Words.many(counted.size(), "tenant", "tenants");
        return new TenantsView(
                many
                        + (near == 0
                                ? ", all with room."
                                : ", " + Words.count(near) + " near a limit."),
                byId.stream().map(one -> line(visit.clock(), one)).toList(),
                isMore ? Frames.with(visit, "after", lastId(byId).value()) : "",
                form);
    }

    private static TenantId lastId(List<Counted> byId) {
        return byId.getLast().tenant().id();
    }

    private static TenantsView.Line line(Clock clock, Counted one) {
        UsageReport report = one.report();
        return new TenantsView.Line(
                one.tenant().id().value(),
                one.tenant().name(),
                UsageWords.series(report),
                UsageWords.points(report),
                UsageWords.bytes(report.estimatedBytes()),
                Words.many(report.openIncidents(), "incident", "incidents")
                        + ", "
                        + Words.many(report.messages(), "message", "messages"),
                clock.at(one.tenant().createdAt()));
    }
}

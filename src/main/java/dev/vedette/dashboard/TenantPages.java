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
import java.util.Comparator;
import java.util.List;
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
        return page(context, form(Sent.nothing(Visits.language(context))));
    }

    /** Makes the tenant of the form. */
    @POST
    @Path("save")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> save(RoutingContext context, MultivaluedMap<String, String> values) {
        Sent sent = Sent.of(context, values);
        return Uni.createFrom()
                .deferred(() -> tenants.create(caller.caller(), tenant(sent)))
                .map(_ -> Response.seeOther(URI.create("/admin/tenants")).build())
                .onFailure(ProblemException.class)
                .recoverWithUni(refusal ->
                        page(context, form(sent).refused(refusal, Sent::field, sent.language())));
    }

    private Tenant tenant(Sent sent) {
        return new Tenant(
                Fields.tenant("/id", sent.text("id")),
                sent.set("name")
                        .filter(name -> name.length() <= MOST_NAME)
                        .orElseThrow(() ->
                                sent.refused("name", "tenantName", Integer.toString(MOST_NAME))),
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
            throw sent.refused(name, "above0", Integer.toString(value));
        }
        return value;
    }

    private static SettingForm form(Sent sent) {
        FieldMaker fields = new FieldMaker(sent, "tenant");
        return SettingForm.of(
                fields.title(),
                "/admin/tenants/save",
                SettingForm.Group.of(
                        "", fields.text("id"), fields.text("name"), fields.text("zone")),
                SettingForm.Group.of(
                        fields.words("limits"),
                        fields.text("max_series"),
                        fields.text("max_points"),
                        fields.text("retention_days")));
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
        UsageWords words = new UsageWords(visit.language());
        List<Counted> byId =
                counted.stream()
                        .sorted(Comparator.comparing(one -> one.tenant().id().value()))
                        .toList();
        long near = counted.stream().filter(one -> UsageWords.isNear(one.report())).count();
        String headline = "tenants." + (near == 0 ? "room" : "near") + (isMore ? ".first" : "");
        return new TenantsView(
                visit.language()
                        .say(
                                headline,
                                counted.size(),
                                Figures.whole(counted.size()),
                                near,
                                visit.language().count(near)),
                byId.stream().map(one -> line(visit.clock(), words, one)).toList(),
                isMore ? Frames.with(visit, "after", lastId(byId).value()) : "",
                form);
    }

    private static TenantId lastId(List<Counted> byId) {
        return byId.getLast().tenant().id();
    }

    private static TenantsView.Line line(Clock clock, UsageWords words, Counted one) {
        UsageReport report = one.report();
        return new TenantsView.Line(
                one.tenant().id().value(),
                one.tenant().name(),
                words.series(report),
                words.points(report),
                words.bytes(report.estimatedBytes()),
                clock.language()
                        .say(
                                "tenants.told",
                                report.openIncidents(),
                                Figures.whole(report.openIncidents()),
                                report.messages(),
                                Figures.whole(report.messages())),
                clock.at(one.tenant().createdAt()));
    }
}

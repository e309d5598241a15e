package dev.vedette.dashboard;

import dev.vedette.http.AuditEvent;
import dev.vedette.http.AuditStore;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.Cursors;
import dev.vedette.http.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Who changed what: of the tenant, or for the platform's administrator of all. */
@Path("/admin/audit")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({"admin", "platform-admin"})
public class AuditPages {
    private static final int SHOWN = 50;

    private final Visits visits;
    private final PageAnswers answers;
    private final AuditStore store;
    private final Cursors cursors;
    private final CurrentCaller caller;

    AuditPages(
            Visits visits,
            PageAnswers answers,
            AuditStore store,
            Cursors cursors,
            CurrentCaller caller) {
        this.visits = visits;
        this.answers = answers;
        this.store = store;
        this.cursors = cursors;
        this.caller = caller;
    }

    /** The changes that fit, newest first. */
    @GET
    @Operation(hidden = true)
    public Uni<Response> list(RoutingContext context) {
        var tenant = caller.caller().tenant();
        return visits.ofAnyone(context, Window.Length.DAY)
                .chain(visit -> {
                    AuditStore.Question question =
                            new AuditStore.Question(
                                    tenant,
                                    Visits.query(context, "from").flatMap(visit::moment),
                                    Visits.query(context, "to").flatMap(visit::moment),
                                    Visits.query(context, "subject"),
                                    Visits.query(context, "action"),
                                    Visits.query(context, "object"));
                    return answers.page(
                            visit,
                            visit.language().say("title.audit"),
                            AdminPages.SECTION,
                            read(visit, question, Visits.query(context, "cursor"))
                                    .map(Optional::of),
                            Pages::audit);
                });
    }

    private Uni<AuditView> read(
            Visit visit, AuditStore.Question question, Optional<String> cursor) {
        List<?> asked = List.of("audit page", question);
        Optional<AuditStore.Place> after = cursors.decode(asked, cursor, AuditStore.Place::new);
        return store.list(question, after, SHOWN + 1)
                .map(rows ->
                        view(
                                visit,
                                question,
                                Page.of(
                                        rows,
                                        SHOWN,
                                        event -> line(visit.clock(), event),
                                        last -> cursors.encode(asked, last.at(), last.id()))));
    }

    private static AuditView view(
            Visit visit, AuditStore.Question question, Page<AuditView.Line> page) {
        return new AuditView(
                headline(question, page, visit.language()),
                question.from().map(visit::field).orElse(""),
                question.to().map(visit::field).orElse(""),
                question.subject().orElse(""),
                question.action().orElse(""),
                question.object().orElse(""),
                page.items(),
                page.nextCursor().map(next -> Frames.with(visit, "cursor", next)).orElse(""));
    }

    private static String headline(
            AuditStore.Question question, Page<AuditView.Line> page, Language language) {
        boolean isAll =
                question.equals(
                        new AuditStore.Question(
                                question.tenant(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));
        if (page.items().isEmpty()) {
            return language.say(isAll ? "audit.none" : "audit.noneFits");
        }
        String fit = isAll ? "" : ".fit";
        int count = page.items().size();
        return page.nextCursor().isPresent()
                ? language.say("audit.newest" + fit, Figures.whole(SHOWN))
                : language.say("audit.all" + fit, count, language.firstCount(count));
    }

    private static AuditView.Line line(Clock clock, AuditEvent event) {
        return new AuditView.Line(
                clock.at(event.at()),
                event.subject(),
                event.action(),
                event.object(),
                event.credential()
                        .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                        .orElse(clock.language().say("audit.job")),
                event.requestId().orElse(""));
    }
}

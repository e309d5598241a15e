package dev.vedette.dashboard;

import dev.vedette.http.ProblemException;
import dev.vedette.http.ProblemKind;
import dev.vedette.http.SignIn;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;

/** The door: in with name and password, out with one button. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class SignInPage {
    private final SignIn signIn;

    SignInPage(SignIn signIn) {
        this.signIn = signIn;
    }

    /** The empty form. */
    @GET
    @Path("sign-in")
    @PermitAll
    @Operation(hidden = true)
    public Uni<Response> form(RoutingContext context) {
        String back = Visits.query(context, "back").orElse("/");
        Language language = Visits.language(context);
        return PageAnswers.html(page(context, language, back, "", ""), language, 200);
    }

    /** Starts a session and goes where the visitor wanted to be; else says what was wrong. */
    @POST
    @Path("sign-in")
    @PermitAll
    @RunOnVirtualThread
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response enter(
            @RestForm String username,
            @RestForm String password,
            @RestForm String back,
            RoutingContext context) {
        String name = Objects.requireNonNullElse(username, "");
        try {
            signIn.refuseCrossSite(context);
            String token = signIn.token(name, Objects.requireNonNullElse(password, ""));
            return Response.seeOther(Preferences.here(back))
                    .header(HttpHeaders.SET_COOKIE, signIn.startingCookie(context, token))
                    .build();
        } catch (ProblemException refused) {
            String wrong = Words.sentence(String.valueOf(refused.getMessage())) + ".";
            Language language = Visits.language(context);
            String html =
                    page(context, language, Objects.requireNonNullElse(back, "/"), name, wrong)
                            .render();
            int status = refused.kind() == ProblemKind.TOO_MANY_REQUESTS ? 429 : 401;
            return PageAnswers.answer(html, language, status);
        }
    }

    private static TemplateInstance page(
            RoutingContext context, Language language, String back, String name, String wrong) {
        String self = "/sign-in?back=" + Frames.encode(back);
        return Pages.signIn(language, Visits.theme(context), self, back, name, wrong)
                .setLocale(language.tag());
    }

    /** Ends the session of this browser. */
    @POST
    @Path("sign-out")
    @PermitAll
    @Operation(hidden = true)
    public Response leave(RoutingContext context) {
        signIn.refuseCrossSite(context);
        return Response.seeOther(URI.create("/sign-in"))
                .header(HttpHeaders.SET_COOKIE, signIn.endingCookie(context))
                .build();
    }
}

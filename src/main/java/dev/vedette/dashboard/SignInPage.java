package dev.vedette.dashboard;

import dev.vedette.http.ProblemException;
import dev.vedette.http.SignIn;
import dev.vedette.http.oidc.OidcConfig;
import dev.vedette.http.oidc.ProviderSession;
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
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;

/** The door: in with name and password, out with one button. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class SignInPage {
    private final SignIn signIn;
    private final OidcConfig oidc;
    private final ProviderSession provider;

    SignInPage(SignIn signIn, OidcConfig oidc, ProviderSession provider) {
        this.signIn = signIn;
        this.oidc = oidc;
        this.provider = provider;
    }

    /** The empty form. */
    @GET
    @Path("sign-in")
    @PermitAll
    @Operation(hidden = true)
    public Uni<Response> form(RoutingContext context) {
        String back = Visits.query(context, "back").orElse("/");
        Language language = Visits.language(context);
        Door door = Door.of(signIn, oidc, back);
        return PageAnswers.html(page(context, language, door, "", ""), language, 200);
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
            String wrong = Words.refusal(refused);
            Language language = Visits.language(context);
            String html =
                    page(
                                    context,
                                    language,
                                    Door.of(signIn, oidc, Objects.requireNonNullElse(back, "/")),
                                    name,
                                    wrong)
                            .render();
            return PageAnswers.answer(html, language, refused.kind().status());
        }
    }

    /** The door with what was wrong, in that language. */
    static TemplateInstance page(
            RoutingContext context, Language language, Door door, String name, String wrong) {
        String self = "/sign-in?back=" + Frames.encode(door.back());
        return Pages.signIn(language, Visits.theme(context), self, door, name, wrong)
                .setLocale(language.tag());
    }

    /** Ends the session of this browser, and then the one at the provider. */
    @POST
    @Path("sign-out")
    @PermitAll
    @Operation(hidden = true)
    public Response leave(RoutingContext context) {
        signIn.refuseCrossSite(context);
        Optional<URI> elsewhere = provider.end(context);
        Response.ResponseBuilder answer =
                elsewhere
                        .map(there -> signedOut(context, there))
                        .orElseGet(() -> Response.seeOther(URI.create("/sign-in")))
                        .header(HttpHeaders.SET_COOKIE, signIn.endingCookie(context));
        elsewhere.ifPresent(
                there -> answer.header(HttpHeaders.SET_COOKIE, provider.endingCookie(context)));
        return answer.build();
    }

    // A page that goes on by itself: the policy for contents lets no form lead to another site.
    private Response.ResponseBuilder signedOut(RoutingContext context, URI there) {
        Language language = Visits.language(context);
        String html =
                Pages.signedOut(language, Visits.theme(context), oidc.label(), there.toString())
                        .setLocale(language.tag())
                        .render();
        Response page = PageAnswers.answer(html, language, 200);
        return Response.fromResponse(page).header("Refresh", "0; url=" + there);
    }
}

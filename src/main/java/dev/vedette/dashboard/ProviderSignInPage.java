package dev.vedette.dashboard;

import dev.vedette.http.ProblemException;
import dev.vedette.http.RefusedClaimsException;
import dev.vedette.http.SignIn;
import dev.vedette.http.oidc.OidcConfig;
import dev.vedette.http.oidc.ProviderFaults;
import dev.vedette.http.oidc.ProviderSession;
import dev.vedette.http.oidc.ProviderSignIn;
import dev.vedette.http.oidc.ProviderTenant;
import io.quarkus.oidc.AuthorizationCodeFlow;
import io.quarkus.oidc.OIDCException;
import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.oidc.OidcSession;
import io.quarkus.security.Authenticated;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.AuthenticationRedirectException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * The way to the identity provider and back. The framework's client sends the browser there and
 * checks what it brings back; what is left here is to make it a session of this service.
 */
@Path(ProviderTenant.PATH)
@Produces(MediaType.TEXT_HTML)
public class ProviderSignInPage {
    private final OidcConfig config;
    private final ProviderSignIn provider;
    private final ProviderSession ending;
    private final SignIn signIn;
    private final HttpAuthenticator authenticator;
    private final OidcSession session;
    private final OidcConfigurationMetadata metadata;

    ProviderSignInPage(
            OidcConfig config,
            ProviderSignIn provider,
            ProviderSession ending,
            SignIn signIn,
            HttpAuthenticator authenticator,
            OidcSession session,
            OidcConfigurationMetadata metadata) {
        this.config = config;
        this.provider = provider;
        this.ending = ending;
        this.signIn = signIn;
        this.authenticator = authenticator;
        this.session = session;
        this.metadata = metadata;
    }

    /** Starts a session and goes where the visitor wanted to be; the provider has said who. */
    @GET
    @AuthorizationCodeFlow
    @Authenticated
    @NonBlocking
    @Operation(hidden = true)
    public Uni<Response> enter(RoutingContext context) {
        String idToken = session.getIdToken().getRawToken();
        // that of the framework's client: one mechanism of sessions is enough
        return session.logout()
                .chain(() -> provider.session(idToken))
                .map(token -> entered(context, token, idToken));
    }

    @ServerExceptionMapper
    Uni<Response> begin(UnauthorizedException e, RoutingContext context) {
        if (!provider.isEnabled()) {
            throw ProblemException.notFound("page", context.normalizedPath());
        }
        if (Visits.query(context, "state").isPresent()) {
            // an answer to a question that this browser did not ask, or asked too long ago
            return Uni.createFrom().item(page(context, 401, Failure.NOT_ACCEPTED));
        }
        return authenticator
                .getChallenge(context)
                .map(challenge -> {
                    Response.ResponseBuilder answer = Response.status(challenge.status);
                    challenge
                            .getHeaders()
                            .forEach((name, value) -> answer.header(name.toString(), value));
                    return answer.build();
                })
                .onFailure()
                .recoverWithItem(failure -> failed(failure, context));
    }

    @ServerExceptionMapper
    Response onward(AuthenticationRedirectException e) {
        return Response.status(e.getCode()).header("Location", e.getRedirectUri()).build();
    }

    @ServerExceptionMapper
    Response refused(RefusedClaimsException e, RoutingContext context) {
        provider.failed(e.reason().name(), e);
        return page(context, 403, Failure.of(e.reason()));
    }

    @ServerExceptionMapper({
        AuthenticationCompletionException.class,
        AuthenticationFailedException.class,
        OIDCException.class
    })
    Response failed(Throwable e, RoutingContext context) {
        Failure failure =
                Visits.query(context, "error").isPresent()
                        ? Failure.NOT_LET_IN
                        : ProviderFaults.isDown(e) ? Failure.DOWN : Failure.NOT_ACCEPTED;
        provider.failed(failure.name(), e);
        return page(context, failure == Failure.DOWN ? 503 : 401, failure);
    }

    private Response entered(RoutingContext context, String token, String idToken) {
        String back = Visits.query(context, "back").orElse("/");
        Response.ResponseBuilder answer =
                Response.seeOther(Preferences.here(back))
                        .header(HttpHeaders.SET_COOKIE, signIn.startingCookie(context, token));
        ending.startingCookie(context, Optional.ofNullable(metadata.getEndSessionUri()), idToken)
                .ifPresent(cookie -> answer.header(HttpHeaders.SET_COOKIE, cookie));
        return answer.build();
    }

    private Response page(RoutingContext context, int status, Failure failure) {
        Language language = Visits.language(context);
        Door door = Door.of(signIn, config, Visits.query(context, "back").orElse("/"));
        String why = language.say(failure.key, config.label());
        String html = SignInPage.page(context, language, door, "", why).render();
        return PageAnswers.answer(html, language, status);
    }

    /** What may go wrong; the key of its sentence. */
    private enum Failure {
        DOWN("provider.down"),
        NOT_LET_IN("provider.notLetIn"),
        NOT_ACCEPTED("provider.notAccepted"),
        NO_TENANT("provider.noTenant"),
        OTHER_TENANT("provider.otherTenant"),
        NO_ROLE("provider.noRole"),
        NO_NAME("provider.noName");

        private final String key;

        Failure(String key) {
            this.key = key;
        }

        static Failure of(RefusedClaimsException.Reason reason) {
            return switch (reason) {
                case NO_TENANT -> NO_TENANT;
                case OTHER_TENANT -> OTHER_TENANT;
                case NO_ROLE -> NO_ROLE;
                case NO_NAME -> NO_NAME;
            };
        }
    }
}

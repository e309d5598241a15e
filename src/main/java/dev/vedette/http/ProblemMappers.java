package dev.vedette.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Answers every failure of a resource with problem details; {@link Refusals} has the table. A
 * browser that asks for a page without a valid session is sent to sign in instead.
 */
class ProblemMappers {
    private final Refusals refusals;
    private final ProblemWriter writer;
    private final HttpConfig config;

    ProblemMappers(Refusals refusals, ProblemWriter writer, HttpConfig config) {
        this.refusals = refusals;
        this.writer = writer;
        this.config = config;
    }

    @ServerExceptionMapper
    Response problem(ProblemException e, RoutingContext context) {
        return e.kind() == ProblemKind.UNAUTHENTICATED ? signIn(e, context) : answer(e, context);
    }

    @ServerExceptionMapper
    Response notAccepted(AuthenticationFailedException e, RoutingContext context) {
        return signIn(e, context);
    }

    @ServerExceptionMapper
    Response withoutCredential(UnauthorizedException e, RoutingContext context) {
        return signIn(e, context);
    }

    @ServerExceptionMapper
    Response withoutRole(ForbiddenException e, RoutingContext context) {
        return answer(e, context);
    }

    @ServerExceptionMapper
    Response brokenRule(ConstraintViolationException e, RoutingContext context) {
        return answer(e, context);
    }

    // more specific than the framework's own mapper of this class, hence named
    @ServerExceptionMapper
    Response otherJson(MismatchedInputException e, RoutingContext context) {
        return answer(e, context);
    }

    @ServerExceptionMapper
    Response noJson(JsonProcessingException e, RoutingContext context) {
        return answer(e, context);
    }

    @ServerExceptionMapper
    Response web(WebApplicationException e, RoutingContext context) {
        int status = e.getResponse().getStatus();
        return status < 400 ? e.getResponse() : answer(e, context);
    }

    @ServerExceptionMapper
    Response anythingElse(Throwable e, RoutingContext context) {
        return answer(e, context);
    }

    private Response answer(Throwable e, RoutingContext context) {
        return writer.response(context, refusals.of(e, context));
    }

    private Response signIn(Throwable e, RoutingContext context) {
        if (!ProblemWriter.isForPeople(context)) {
            return answer(e, context);
        }
        String back = URLEncoder.encode(context.request().uri(), StandardCharsets.UTF_8);
        return Response.seeOther(URI.create(config.signInPath() + "?back=" + back)).build();
    }
}

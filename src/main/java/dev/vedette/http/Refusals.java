package dev.vedette.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.quarkus.arc.All;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/** The one table from a failure to the problem that is answered. */
@ApplicationScoped
class Refusals {
    private static final Logger LOG = Logger.getLogger(Refusals.class);

    private final List<FailureTranslator> features;

    Refusals(@All List<FailureTranslator> features) {
        this.features = features;
    }

    /** The problem of a request that failed before or beside a resource. */
    ProblemException of(RoutingContext context) {
        Throwable failure = context.failure();
        return failure == null ? ofStatus(context.statusCode(), context) : of(failure, context);
    }

    /** The problem of a failure; a fault of the service is logged with the request's id. */
    ProblemException of(Throwable failure, RoutingContext context) {
        return switch (failure) {
            case ProblemException problem -> problem;
            case CompletionException e when e.getCause() != null -> of(e.getCause(), context);
            case AuthenticationFailedException e ->
                    ProblemException.of(
                            ProblemKind.UNAUTHENTICATED,
                            e.getMessage() == null
                                    ? "the credential is not accepted"
                                    : e.getMessage());
            case UnauthorizedException _ ->
                    ProblemException.of(
                            ProblemKind.UNAUTHENTICATED, "the request carries no credential");
            case ForbiddenException _ ->
                    ProblemException.of(
                            ProblemKind.FORBIDDEN,
                            "the credential lacks the role that this call asks for");
            case ConstraintViolationException e when Violations.areTheCallers(e) ->
                    ProblemException.invalid(Violations.of(e));
            case JsonProcessingException e -> JsonRefusals.of(e);
            case WebApplicationException e -> ofWeb(e, context);
            default -> ofFeature(failure).orElseGet(() -> ofOthers(failure, context));
        };
    }

    private static ProblemException ofOthers(Throwable failure, RoutingContext context) {
        if (context.response().ended()) {
            // The server itself answers a body that is too long while it is being read, which then
            // fails to be read, and whose refusal fails to be written.
            LOG.debugf(
                    failure, "request was answered already request_id=%s", RequestIds.of(context));
            return ofStatus(context.response().getStatusCode(), context);
        }
        return fault(failure, context);
    }

    private Optional<ProblemException> ofFeature(Throwable failure) {
        return features.stream()
                .map(feature -> feature.translate(failure))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private ProblemException ofWeb(WebApplicationException e, RoutingContext context) {
        if (e.getCause() instanceof JsonProcessingException json) {
            return JsonRefusals.of(json);
        }
        int status = e.getResponse().getStatus();
        return status >= 500 ? fault(e, context) : ofStatus(status, context);
    }

    private static ProblemException ofStatus(int status, RoutingContext context) {
        ProblemKind kind = ProblemKind.ofStatus(status < 400 ? 500 : status);
        String method = context.request().method().name();
        String detail =
                switch (kind) {
                    case NOT_FOUND -> "there is no route " + context.normalizedPath();
                    case METHOD_NOT_ALLOWED ->
                            method + " is not offered on " + context.normalizedPath();
                    case NOT_ACCEPTABLE -> "Accept is " + context.request().getHeader("Accept");
                    case UNSUPPORTED_MEDIA_TYPE ->
                            "Content-Type is " + context.request().getHeader("Content-Type");
                    default -> kind.title();
                };
        return ProblemException.of(kind, detail);
    }

    private static ProblemException fault(Throwable failure, RoutingContext context) {
        LOG.errorf(
                failure,
                "request failed request_id=%s method=%s path=%s",
                RequestIds.of(context),
                context.request().method(),
                context.normalizedPath());
        return ProblemException.of(
                ProblemKind.INTERNAL_ERROR,
                "the service failed; its log has the cause under this request_id");
    }
}

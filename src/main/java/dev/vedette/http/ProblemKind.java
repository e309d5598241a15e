package dev.vedette.http;

import java.net.URI;
import java.util.Arrays;

/** Every kind of refusal; each has a section in {@code docs/problems.md} under its slug. */
public enum ProblemKind {
    /** The body or a parameter cannot be read at all. */
    MALFORMED_REQUEST(400, "malformed-request", "The request cannot be read"),
    /** The request can be read but breaks a rule; {@code errors} says which. */
    INVALID_REQUEST(400, "invalid-request", "The request breaks a rule"),
    /** The cursor was not issued by this service for these filters. */
    BAD_CURSOR(400, "bad-cursor", "The cursor is not valid here"),
    /** No credential, or one that is not accepted. */
    UNAUTHENTICATED(401, "unauthenticated", "A valid credential is needed"),
    /** The credential is valid but lacks the role. */
    FORBIDDEN(403, "forbidden", "The credential does not allow this"),
    /** The request names another tenant than the credential's. */
    TENANT_MISMATCH(403, "tenant-mismatch", "The request names another tenant"),
    /** The credential belongs to no tenant, and the call needs one. */
    NO_TENANT(403, "no-tenant", "The credential belongs to no tenant"),
    /** A browser session's changing request that came from another site. */
    CROSS_SITE(403, "cross-site", "The request came from another site"),
    /** No such route, or nothing of that id in the caller's tenant. */
    NOT_FOUND(404, "not-found", "There is nothing here"),
    /** The route exists, but not with this method. */
    METHOD_NOT_ALLOWED(405, "method-not-allowed", "This method is not offered here"),
    /** None of the media types in {@code Accept} is offered. */
    NOT_ACCEPTABLE(406, "not-acceptable", "None of the accepted media types is offered"),
    /** Something with that id or name is there already, or is in another state. */
    CONFLICT(409, "conflict", "The request conflicts with what is stored"),
    /** The {@code If-Match} entity tag is not the current one. */
    PRECONDITION_FAILED(412, "precondition-failed", "The entity changed in between"),
    /** The body is larger than the service reads. */
    PAYLOAD_TOO_LARGE(413, "payload-too-large", "The request is too large"),
    /** The body's media type or encoding is not read here. */
    UNSUPPORTED_MEDIA_TYPE(415, "unsupported-media-type", "This media type is not read here"),
    /** The {@code Idempotency-Key} came with another request before. */
    IDEMPOTENCY_KEY_REUSED(422, "idempotency-key-reused", "The idempotency key is taken"),
    /** The call changes something and does not say which form of it the caller has seen. */
    PRECONDITION_REQUIRED(428, "precondition-required", "The call must say what it has seen"),
    /** The caller sent more than its limits allow, or failed to sign in too often. */
    TOO_MANY_REQUESTS(429, "too-many-requests", "Too many requests"),
    /** A fault of the service; the log has the cause under the request id. */
    INTERNAL_ERROR(500, "internal-error", "The service failed"),
    /** Storage or another needed part does not answer; retrying later helps. */
    UNAVAILABLE(503, "unavailable", "The service is not ready to answer");

    private static final String PAGES = "https://vedette.dev/problems/";

    private final int status;
    private final String slug;
    private final String title;

    ProblemKind(int status, String slug, String title) {
        this.status = status;
        this.slug = slug;
        this.title = title;
    }

    /** The HTTP status, 400 to 599. */
    public int status() {
        return status;
    }

    /** The stable last part of the type URI. */
    public String slug() {
        return slug;
    }

    /** A short text that is the same for every problem of this kind. */
    public String title() {
        return title;
    }

    /** Identifies the kind and names its page in the manual. */
    public URI type() {
        return URI.create(PAGES + slug);
    }

    /**
     * The kind that stands for an HTTP status: the first of that status, else {@link
     * #INVALID_REQUEST} below 500 and {@link #INTERNAL_ERROR} from 500 on.
     */
    static ProblemKind ofStatus(int status) {
        return Arrays.stream(values())
                .filter(kind -> kind.status == status)
                .findFirst()
                .orElse(status < 500 ? INVALID_REQUEST : INTERNAL_ERROR);
    }
}

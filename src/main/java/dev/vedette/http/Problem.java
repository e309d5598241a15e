package dev.vedette.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The body of every refusal: problem details of RFC 9457, media type {@link #MEDIA_TYPE}.
 *
 * @param type identifies the kind, and is the address of its page in the manual
 * @param title the kind in words, the same for every occurrence
 * @param status the HTTP status
 * @param detail what is wrong this time, with the offending value
 * @param instance the path that was asked for
 * @param requestId the id under which the log knows this request
 * @param traceId the trace it belongs to, 32 hexadecimal digits; empty when it is in none
 * @param errors each broken rule; empty when there is only {@code detail} to say
 */
@Schema(name = "Problem", description = "Problem details (RFC 9457) of a refused request")
public record Problem(
        @Schema(examples = "https://vedette.dev/problems/invalid-request") URI type,
        @Schema(examples = "The request breaks a rule") String title,
        @Schema(examples = "400") int status,
        @Schema(examples = "name must not be blank") String detail,
        @Schema(examples = "/api/v1/api-keys") String instance,
        @JsonProperty("request_id") @Schema(examples = "0b1f6b2c9d4e4f0a") String requestId,
        @JsonProperty("trace_id")
                @JsonInclude(JsonInclude.Include.NON_EMPTY)
                @Schema(
                        implementation = String.class,
                        examples = "0af7651916cd43dd8448eb211c80319c")
                Optional<String> traceId,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Violation> errors) {
    /** The media type of problem details. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** Copies the list. */
    public Problem {
        errors = List.copyOf(errors);
    }

    /**
     * One broken rule.
     *
     * @param pointer where: a JSON pointer into the body (RFC 6901), or {@code ?name} of a query
     *     parameter; empty for the whole body
     * @param code which rule, stable, in snake_case
     * @param detail what is wrong, with the offending value
     * @param fix what to send instead
     */
    @Schema(name = "Violation", description = "One broken rule of a request")
    public record Violation(
            @Schema(examples = "/name") String pointer,
            @Schema(examples = "required") String code,
            @Schema(examples = "name is missing") String detail,
            @Schema(examples = "send name, a text of 1 to 200 characters") String fix) {}
}

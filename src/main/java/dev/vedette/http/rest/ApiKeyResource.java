package dev.vedette.http.rest;

import dev.vedette.http.ApiKey;
import dev.vedette.http.ApiKeys;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.Cursors;
import dev.vedette.http.Page;
import dev.vedette.http.Pages;
import dev.vedette.http.ProblemException;
import dev.vedette.http.TakesIdempotencyKey;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** The API keys of the caller's tenant. */
@Path("/api/v1/api-keys")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("admin")
@Tag(name = "Access")
public class ApiKeyResource {
    private static final String LIST = "api-keys";

    private final CurrentCaller current;
    private final ApiKeys keys;
    private final Cursors cursors;

    ApiKeyResource(CurrentCaller current, ApiKeys keys, Cursors cursors) {
        this.current = current;
        this.keys = keys;
        this.cursors = cursors;
    }

    /**
     * What a new key may do.
     *
     * @param name what people call it
     * @param roles its scopes: viewer, analyst, editor, admin, ingest
     * @param expiresAt from when it is refused; absent: it does not expire
     */
    public record NewKey(
            @NotBlank @Size(max = 200) @Schema(examples = "collector in Oslo") String name,
            @NotEmpty @Size(max = 6) @Schema(examples = "[\"ingest\"]") List<String> roles,
            @Schema(examples = "2027-11-21T00:00:00Z") Optional<Instant> expiresAt) {}

    /**
     * How a key is replaced.
     *
     * @param overlap how long the old key is accepted beside the new one, at most 30 days; absent:
     *     one day
     */
    public record Rotation(
            @Schema(type = SchemaType.STRING, examples = "PT24H") Optional<Duration> overlap) {}

    /**
     * A key without its secret.
     *
     * @param id its id, part of its secret
     * @param name what people call it
     * @param roles its scopes, sorted
     * @param createdBy who made it
     * @param createdAt when it was made
     * @param expiresAt null: does not expire
     * @param lastUsedAt null: never used; up to a minute late
     * @param revokedAt null: not revoked
     */
    public record Key(
            String id,
            String name,
            List<String> roles,
            String createdBy,
            Instant createdAt,
            Optional<Instant> expiresAt,
            Optional<Instant> lastUsedAt,
            Optional<Instant> revokedAt) {
        static Key of(ApiKey key) {
            return new Key(
                    key.id(),
                    key.name(),
                    key.roles().stream().map(Role::claim).sorted().toList(),
                    key.createdBy(),
                    key.createdAt(),
                    key.expiresAt(),
                    key.lastUsedAt(),
                    key.revokedAt());
        }
    }

    /**
     * A new key with its secret.
     *
     * @param key the key
     * @param secret to be sent as {@code Authorization: Bearer} or {@code X-API-Key}; shown here
     *     once and stored nowhere
     */
    public record CreatedKey(Key key, String secret) {
        static CreatedKey of(ApiKeys.Created created) {
            return new CreatedKey(Key.of(created.key()), created.secret().text());
        }
    }

    /** Makes a key. */
    @POST
    @TakesIdempotencyKey
    @Parameter(ref = "IdempotencyKey")
    @ResponseStatus(201)
    @APIResponseSchema(value = CreatedKey.class, responseCode = "201", responseDescription = "Made")
    @Operation(summary = "Make an API key; its secret is shown once", operationId = "createApiKey")
    public Uni<CreatedKey> create(@NotNull @Valid NewKey wanted) {
        return keys.create(
                        current.caller(), wanted.name(), roles(wanted.roles()), wanted.expiresAt())
                .map(CreatedKey::of);
    }

    /** The tenant's keys, revoked and expired ones too. */
    @GET
    @Operation(summary = "List API keys", operationId = "listApiKeys")
    public Uni<Page<Key>> list(
            @RestQuery @DefaultValue(Pages.DEFAULT_LIMIT) int limit,
            @RestQuery Optional<String> cursor) {
        TenantId tenant = current.tenant();
        int most = Pages.limit(limit);
        List<String> question = List.of(LIST, tenant.value());
        Optional<String> after = cursors.decode(question, cursor).map(List::getFirst);
        return keys.list(tenant, after, most + 1)
                .map(rows ->
                        Page.of(
                                rows,
                                most,
                                Key::of,
                                last -> cursors.encode(question, List.of(last.id()))));
    }

    /** Revokes a key; harmless when repeated. */
    @DELETE
    @Path("/{id}")
    @Operation(
            summary = "Revoke an API key",
            description = "Every replica refuses it within vedette.http.api-key-cache.",
            operationId = "revokeApiKey")
    public Uni<Void> revoke(@RestPath String id) {
        return keys.revoke(current.caller(), id);
    }

    /** Makes a key of the same name and roles and lets the old one end after an overlap. */
    @POST
    @TakesIdempotencyKey
    @Parameter(ref = "IdempotencyKey")
    @Path("/{id}/rotate")
    @ResponseStatus(201)
    @APIResponseSchema(value = CreatedKey.class, responseCode = "201", responseDescription = "Made")
    @Operation(summary = "Replace an API key", operationId = "rotateApiKey")
    public Uni<CreatedKey> rotate(@RestPath String id, @NotNull Rotation rotation) {
        Duration overlap = rotation.overlap().orElse(Duration.ofDays(1));
        if (overlap.isNegative() || overlap.compareTo(Duration.ofDays(30)) > 0) {
            throw ProblemException.invalid(
                    "/overlap",
                    "out_of_range",
                    "overlap must be PT0S to PT720H, is " + overlap,
                    "send a duration such as PT24H");
        }
        return keys.rotate(current.caller(), id, overlap).map(CreatedKey::of);
    }

    private static Set<Role> roles(List<String> claims) {
        return Set.copyOf(
                IntStream.range(0, claims.size())
                        .mapToObj(i -> Fields.keyRole("/roles/" + i, claims.get(i)))
                        .toList());
    }
}

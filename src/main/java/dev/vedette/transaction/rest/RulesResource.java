package dev.vedette.transaction.rest;

import dev.vedette.http.CurrentCaller;
import dev.vedette.http.Cursors;
import dev.vedette.http.Page;
import dev.vedette.http.Pages;
import dev.vedette.http.ProblemException;
import dev.vedette.http.TakesIdempotencyKey;
import dev.vedette.http.TimeFormat;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.rule.Rule;
import dev.vedette.transaction.rule.RuleDiff;
import dev.vedette.transaction.rule.RuleExpressionException;
import dev.vedette.transaction.rule.RuleVersion;
import dev.vedette.transaction.scoring.Rules;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** The rules people write about transactions. */
@Path("/api/v1/rules")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Rules")
public class RulesResource {
    private final CurrentCaller current;
    private final Rules rules;
    private final Cursors cursors;

    RulesResource(CurrentCaller current, Rules rules, Cursors cursors) {
        this.current = current;
        this.rules = rules;
        this.cursors = cursors;
    }

    /** Every version of a rule, newest first. */
    @Schema(name = "RuleVersions")
    record Versions(List<RuleJson.Version> items) {}

    /** One changed field. */
    @Schema(name = "RuleChange")
    record Change(String field, String before, String after) {}

    /** What changed between two versions. */
    @Schema(name = "RuleDiff")
    record Diff(int from, int to, List<Change> changes) {}

    /** Lists the rules. */
    @GET
    @RolesAllowed("viewer")
    @Operation(
            summary = "List rules",
            operationId = "listRules",
            description = "Of each its newest version: the draft, if there is one.")
    public Uni<Page<RuleJson.Version>> list(
            @QueryParam("limit") @DefaultValue(Pages.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") Optional<String> cursor,
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat) {
        TenantId tenant = current.tenant();
        TimeFormat format = TimeFormat.of(timeFormat);
        int most = Pages.limit(limit);
        List<String> question = List.of("rules", tenant.value());
        Optional<String> after = cursors.decode(question, cursor).map(List::getFirst);
        return rules.list(tenant, after, most + 1)
                .map(found ->
                        Page.of(
                                found,
                                most,
                                rule -> RuleJson.Version.of(rule, format),
                                last -> cursors.encode(question, List.of(last.rule().name()))));
    }

    /** Reads a rule's newest version. */
    @GET
    @Path("/{name}")
    @RolesAllowed("viewer")
    @Operation(summary = "Read a rule", operationId = "readRule")
    public Uni<RuleJson.Version> read(
            @PathParam("name") String name,
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat) {
        TimeFormat format = TimeFormat.of(timeFormat);
        return rules.versions(current.tenant(), storable(name))
                .map(all -> RuleJson.Version.of(all.getFirst(), format));
    }

    /** Lists a rule's versions. */
    @GET
    @Path("/{name}/versions")
    @RolesAllowed("viewer")
    @Operation(summary = "List the versions of a rule", operationId = "listRuleVersions")
    public Uni<Versions> versions(
            @PathParam("name") String name,
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat) {
        TimeFormat format = TimeFormat.of(timeFormat);
        return rules.versions(current.tenant(), storable(name))
                .map(all ->
                        new Versions(
                                all.stream()
                                        .map(one -> RuleJson.Version.of(one, format))
                                        .toList()));
    }

    /** Tells what changed between two versions. */
    @GET
    @Path("/{name}/diff")
    @RolesAllowed("viewer")
    @Operation(
            summary = "Compare two versions of a rule",
            operationId = "diffRule",
            description = "By default the newest with the one before it.")
    public Uni<Diff> diff(
            @PathParam("name") String name,
            @QueryParam("from") Optional<Integer> from,
            @QueryParam("to") Optional<Integer> to) {
        return rules.versions(current.tenant(), storable(name))
                .map(all -> {
                    int last = to.orElse(all.getFirst().version());
                    int first = from.orElse(Math.max(1, last - 1));
                    return new Diff(
                            first,
                            last,
                            RuleDiff.between(version(all, first), version(all, last)).stream()
                                    .map(c -> new Change(c.field(), c.before(), c.after()))
                                    .toList());
                });
    }

    private static Rule version(List<RuleVersion> all, int number) {
        return all.stream()
                .filter(one -> one.version() == number)
                .findFirst()
                .map(RuleVersion::rule)
                .orElseThrow(() -> ProblemException.notFound("version", Integer.toString(number)));
    }

    /** Makes a rule. */
    @POST
    @TakesIdempotencyKey
    @Parameter(ref = "IdempotencyKey")
    @RolesAllowed("editor")
    @Operation(
            summary = "Make a rule, as a draft",
            operationId = "createRule",
            description =
                    "Checked against the tenant's schema; judges nothing until it is published.")
    @APIResponseSchema(
            value = RuleJson.Version.class,
            responseCode = "201",
            responseDescription = "Made")
    public Uni<RestResponse<RuleJson.Version>> create(@NotNull RuleJson.Posted posted) {
        Rule rule = posted.readNew();
        return checked(rule)
                .chain(() -> rules.create(current.caller(), rule))
                .map(stored ->
                        RestResponse.status(
                                RestResponse.Status.CREATED,
                                RuleJson.Version.of(stored, TimeFormat.RFC3339)));
    }

    /** Writes a rule's draft. */
    @PUT
    @Path("/{name}")
    @RolesAllowed("editor")
    @Operation(
            summary = "Write the draft of a rule",
            operationId = "draftRule",
            description = "A published version goes on to judge until the draft is published.")
    public Uni<RuleJson.Version> draft(
            @PathParam("name") String name, @NotNull RuleJson.Posted posted) {
        String known = storable(name);
        return rules.versions(current.tenant(), known)
                .map(_ -> posted.read(known))
                .chain(rule -> checked(rule).chain(() -> rules.draft(current.caller(), rule)))
                .map(stored -> RuleJson.Version.of(stored, TimeFormat.RFC3339));
    }

    private Uni<Void> checked(Rule rule) {
        return rules.compiler(current.tenant())
                .invoke(compiler -> {
                    try {
                        compiler.compile(rule.expression());
                    } catch (RuleExpressionException e) {
                        throw RuleJson.refusal(e);
                    }
                })
                .replaceWithVoid();
    }

    /** Publishes a rule's draft. */
    @POST
    @Path("/{name}/publish")
    @RolesAllowed("editor")
    @Operation(
            summary = "Make the draft of a rule judge",
            operationId = "publishRule",
            description = "Workers go by it within seconds.")
    public Uni<RuleJson.Version> publish(@PathParam("name") String name) {
        return rules.publish(current.caller(), storable(name))
                .map(stored -> RuleJson.Version.of(stored, TimeFormat.RFC3339));
    }

    /** Deletes a rule. */
    @DELETE
    @Path("/{name}")
    @RolesAllowed("editor")
    @Operation(
            summary = "Delete a rule with all its versions",
            operationId = "deleteRule",
            description = "Decisions keep their trace of it. To switch it off, publish mode off.")
    public Uni<Void> delete(@PathParam("name") String name) {
        return rules.delete(current.caller(), storable(name));
    }

    private static String storable(String name) {
        return name.indexOf(0) >= 0 ? "…" : name;
    }
}

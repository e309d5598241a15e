package dev.vedette.transaction.rest;

import dev.vedette.http.CurrentCaller;
import dev.vedette.transaction.rule.CompiledRule;
import dev.vedette.transaction.rule.RuleCompiler;
import dev.vedette.transaction.rule.RuleExpressionException;
import dev.vedette.transaction.scoring.Rules;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Checks expressions of rules; stores nothing. */
@Path("/api/v1/rules/validate")
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Rules")
public class RuleValidationResource {
    private final CurrentCaller current;
    private final Rules rules;

    RuleValidationResource(CurrentCaller current, Rules rules) {
        this.current = current;
        this.rules = rules;
    }

    /** An expression to be checked. */
    @Schema(name = "RuleToValidate")
    record Expression(@Schema(examples = "amount > 1000") String expression) {}

    /**
     * What checking found.
     *
     * @param names what it asks for
     * @param cost most steps an evaluation takes
     * @param issues what is wrong, by position
     */
    @Schema(name = "RuleValidation")
    record Validation(
            boolean valid, SortedSet<String> names, int cost, List<RuleJson.Issue> issues) {}

    /** Checks an expression. */
    @POST
    @RolesAllowed("viewer")
    @Operation(
            summary = "Check an expression",
            operationId = "validateRule",
            description = "Answers 200 with the faults: place, reason and remedy of each.")
    public Uni<Validation> validate(@NotNull Expression posted) {
        return rules.compiler(current.tenant())
                .map(compiler -> validation(compiler, posted.expression()));
    }

    private static Validation validation(RuleCompiler compiler, String expression) {
        try {
            CompiledRule rule = compiler.compile(expression);
            return new Validation(true, rule.names(), rule.cost(), List.of());
        } catch (RuleExpressionException e) {
            return new Validation(
                    false,
                    new TreeSet<>(),
                    0,
                    e.issues().stream().map(RuleJson.Issue::of).toList());
        }
    }
}

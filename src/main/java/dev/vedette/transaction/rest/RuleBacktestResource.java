package dev.vedette.transaction.rest;

import dev.vedette.http.CurrentCaller;
import dev.vedette.http.ProblemException;
import dev.vedette.http.TimeFormat;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.rule.RuleExpressionException;
import dev.vedette.transaction.scoring.RuleBacktest;
import dev.vedette.transaction.scoring.RuleBacktests;
import dev.vedette.transaction.scoring.Rules;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Tries expressions of rules on what was decided; stores nothing. */
@Path("/api/v1/rules/backtest")
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Rules")
public class RuleBacktestResource {
    private static final Duration LONGEST = Duration.ofDays(90);
    private static final Duration USUAL = Duration.ofDays(7);

    private final CurrentCaller current;
    private final Rules rules;
    private final RuleBacktests backtests;
    private final InstantSource clock;

    RuleBacktestResource(
            CurrentCaller current, Rules rules, RuleBacktests backtests, InstantSource clock) {
        this.current = current;
        this.rules = rules;
        this.backtests = backtests;
        this.clock = clock;
    }

    /**
     * A backtest to be made.
     *
     * @param from a week before {@code to} if left out
     * @param to now if left out; at most 90 days after from
     */
    @Schema(name = "RuleToBacktest")
    record Backtest(
            @Schema(examples = "amount > 1000") String expression,
            Optional<Instant> from,
            Optional<Instant> to) {}

    /**
     * What a rule would have done.
     *
     * @param evaluated transactions looked at
     * @param isComplete false when there were more than are looked at: the newest were
     * @param fired those it would have fired on
     * @param caught of them, those that were reviewed or declined anyway
     * @param hurt of them, those that were approved: more work for people, or customers stopped
     * @param missed reviewed or declined ones it would not have fired on
     * @param unknown it could not answer on, because something was not known
     * @param examples a few it would have fired on, newest first
     */
    @Schema(name = "RuleBacktest")
    record Tested(
            long evaluated,
            boolean isComplete,
            long fired,
            long caught,
            long hurt,
            long missed,
            long unknown,
            List<TransactionJson.Summary> examples) {
        static Tested of(RuleBacktest result) {
            return new Tested(
                    result.evaluated(),
                    result.isComplete(),
                    result.fired(),
                    result.caught(),
                    result.hurt(),
                    result.missed(),
                    result.unknown(),
                    result.examples().stream()
                            .map(one -> TransactionJson.Summary.of(one, TimeFormat.RFC3339))
                            .toList());
        }
    }

    /** Tries an expression on decided transactions. */
    @POST
    @RolesAllowed("viewer")
    @Operation(
            summary = "Try an expression on decided transactions",
            operationId = "backtestRule",
            description =
                    "With the features as they were then. Looks at the newest 20 000 of the range at"
                            + " most.")
    public Uni<Tested> backtest(@NotNull Backtest posted) {
        Instant to = posted.to().orElseGet(clock::instant);
        Instant from = posted.from().orElseGet(() -> to.minus(USUAL));
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw ProblemException.invalid(
                    "/from",
                    "out_of_range",
                    "from must be before to, by at most 90 days",
                    "send a shorter range");
        }
        TenantId tenant = current.tenant();
        return rules.compiler(tenant)
                .map(compiler -> {
                    try {
                        return compiler.compile(posted.expression());
                    } catch (RuleExpressionException e) {
                        throw RuleJson.refusal(e);
                    }
                })
                .chain(rule -> backtests.run(tenant, rule, from, to))
                .map(Tested::of);
    }
}

package dev.vedette.transaction.rule;

import java.util.ArrayList;
import java.util.List;

/** The rules of a tenant that judge, compiled. Immutable and thread-safe. */
public final class RuleSet {
    /** No rules. */
    public static final RuleSet NONE = new RuleSet(List.of());

    private final List<Compiled> rules;

    private RuleSet(List<Compiled> rules) {
        this.rules = List.copyOf(rules);
    }

    private record Compiled(RuleVersion version, CompiledRule expression) {}

    /**
     * Compiles published rules. One that fits the names no more, because the tenant's schema
     * changed, is left out.
     *
     * @param broken is told the versions left out
     */
    public static RuleSet of(
            List<RuleVersion> published,
            RuleCompiler compiler,
            java.util.function.BiConsumer<RuleVersion, RuleExpressionException> broken) {
        List<Compiled> rules = new ArrayList<>();
        for (RuleVersion version : published) {
            if (version.rule().mode() == RuleMode.OFF) {
                continue;
            }
            try {
                rules.add(new Compiled(version, compiler.compile(version.rule().expression())));
            } catch (RuleExpressionException e) {
                broken.accept(version, e);
            }
        }
        return new RuleSet(rules);
    }

    /** How each rule judges the transaction, in their order. */
    public List<RuleTrace> judge(Facts facts) {
        List<RuleTrace> traces = new ArrayList<>(rules.size());
        for (Compiled rule : rules) {
            RuleVersion version = rule.version();
            traces.add(rule.expression().trace(version.rule(), version.version(), facts));
        }
        return traces;
    }

    /** How many rules judge. */
    public int size() {
        return rules.size();
    }
}

package dev.vedette.transaction.rule;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.vedette.transaction.rule.RuleTrace.Answer;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A checked expression, ready to be evaluated. Immutable, so any number of threads may use it. */
public final class CompiledRule {
    private final CelRuntime.Program program;
    private final SortedSet<String> names;
    private final int cost;

    CompiledRule(CelRuntime.Program program, SortedSet<String> names, int cost) {
        this.program = program;
        this.names = new TreeSet<>(names);
        this.cost = cost;
    }

    /** The names it asks for, sorted. */
    public SortedSet<String> names() {
        return new TreeSet<>(names);
    }

    /** Most steps an evaluation takes, 1 to {@value RuleCompiler#MOST_COST}. */
    public int cost() {
        return cost;
    }

    /** Evaluates it. Never throws: what goes wrong makes the answer unknown. */
    public Answer answer(Facts facts) {
        try {
            // a map it would copy, for each rule
            return Boolean.TRUE.equals(program.eval(facts::known)) ? Answer.TRUE : Answer.FALSE;
        } catch (CelEvaluationException e) {
            return Answer.UNKNOWN;
        }
    }

    /** Evaluates it for a rule and tells what it looked at. */
    public RuleTrace trace(Rule rule, int version, Facts facts) {
        Answer answer = answer(facts);
        SortedMap<String, Object> operands = new TreeMap<>();
        for (String name : names) {
            Object value = facts.find(name);
            if (value != null) {
                operands.put(name, value);
            }
        }
        return new RuleTrace(
                rule.name(),
                version,
                rule.mode(),
                rule.effect(),
                rule.reason(),
                answer,
                operands,
                answer == Answer.UNKNOWN ? unknown(operands) : "");
    }

    private String unknown(SortedMap<String, Object> operands) {
        String missing =
                names.stream()
                        .filter(name -> !operands.containsKey(name))
                        .collect(Collectors.joining(", "));
        return missing.isEmpty() ? "a division by zero or a number out of range" : missing;
    }
}

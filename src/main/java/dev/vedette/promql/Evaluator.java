package dev.vedette.promql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Computes expressions over samples that were read before. Pure; one use. */
public final class Evaluator {
    /** Most samples looked at, as many as Prometheus allows. */
    private static final long MOST = 50_000_000;

    private final Steps steps;
    private final Map<Selector, List<Samples>> samples;
    private long looked;

    /**
     * Over those samples.
     *
     * @param samples of every selector of the expressions
     */
    public Evaluator(Steps steps, Map<Selector, List<Samples>> samples) {
        this.steps = steps;
        this.samples = samples;
    }

    /** All selectors of an expression. */
    public static List<Selector> selectors(Expression expression) {
        return switch (expression) {
            case Expression.Literal _, Expression.Time _ -> List.of();
            case Expression.Select(Selector selector) -> List.of(selector);
            case Expression.OverRange(_, Selector selector) -> List.of(selector);
            case Expression.AsVector(Expression of) -> selectors(of);
            case Expression.Negative(Expression of) -> selectors(of);
            case Expression.OfEach call -> selectors(call.of());
            case Expression.Aggregate call -> selectors(call.of());
            case Expression.Binary binary -> {
                List<Selector> both = new ArrayList<>(selectors(binary.left()));
                both.addAll(selectors(binary.right()));
                yield both;
            }
        };
    }

    /**
     * What it is worth.
     *
     * @return series without a value at any step left out
     * @throws PromQlException when sides do not fit together, two series come out with the same
     *     labels, or too much is looked at
     */
    public Answer answer(Expression expression) {
        return switch (evaluate(expression)) {
            case Answer.Scalar scalar -> scalar;
            case Answer.Vector(List<Answer.Row> rows) -> new Answer.Vector(Answer.Row.merged(rows));
        };
    }

    private Answer evaluate(Expression expression) {
        return switch (expression) {
            case Expression.Literal(double value) -> scalar(_ -> value);
            case Expression.Time _ -> scalar(step -> steps.at(step) / 1000.0);
            case Expression.Select(Selector selector) -> newest(selector);
            case Expression.OverRange(RangeFunction function, Selector selector) ->
                    overRange(function, selector);
            case Expression.AsVector(Expression of) ->
                    new Answer.Vector(
                            List.of(new Answer.Row(new java.util.TreeMap<>(), numbers(of))));
            case Expression.OfEach call -> ofEach(call);
            case Expression.Negative(Expression of) -> negative(evaluate(of));
            case Expression.Aggregate call ->
                    new Grouper(steps.count())
                            .aggregate(call, rows(call.of()), call.parameter().map(this::numbers));
            case Expression.Binary binary ->
                    new Sides(steps.count(), binary)
                            .meet(evaluate(binary.left()), evaluate(binary.right()));
        };
    }

    private Answer.Scalar scalar(java.util.function.IntToDoubleFunction value) {
        double[] values = new double[steps.count()];
        Arrays.setAll(values, value);
        return new Answer.Scalar(values);
    }

    private double[] numbers(Expression scalar) {
        return evaluate(scalar) instanceof Answer.Scalar(double[] values)
                ? values
                : new double[steps.count()];
    }

    private List<Answer.Row> rows(Expression vector) {
        return evaluate(vector) instanceof Answer.Vector(List<Answer.Row> rows) ? rows : List.of();
    }

    private Answer.Vector newest(Selector selector) {
        return each(selector, one -> new Answer.Row(one.labels(), newest(selector, one)));
    }

    private double[] newest(Selector selector, Samples one) {
        double[] values = new double[steps.count()];
        int next = 0;
        for (int step = 0; step < values.length; step++) {
            long at = steps.at(step) - selector.offset().toMillis();
            while (next < one.times().length && one.times()[next] <= at) {
                next++;
            }
            boolean isNew = next > 0 && one.times()[next - 1] > at - Selector.LOOKBACK.toMillis();
            values[step] = isNew ? one.values()[next - 1] : Double.NaN;
        }
        return values;
    }

    private Answer.Vector overRange(RangeFunction function, Selector selector) {
        return each(
                selector,
                one -> {
                    double[] values = overRange(function, selector, one.present());
                    Answer.Row row = new Answer.Row(one.labels(), values);
                    return function.keepsName() ? row : row.unnamed(values);
                });
    }

    private double[] overRange(RangeFunction function, Selector selector, Samples one) {
        double[] values = new double[steps.count()];
        int from = 0;
        int to = 0;
        for (int step = 0; step < values.length; step++) {
            long end = steps.at(step) - selector.offset().toMillis();
            long start = end - selector.range().toMillis();
            while (to < one.times().length && one.times()[to] <= end) {
                to++;
            }
            while (from < to && one.times()[from] <= start) {
                from++;
            }
            look(to - from);
            values[step] =
                    from == to
                            ? Double.NaN
                            : function.of(
                                    new RangeFunction.Window(
                                            one.times(), one.values(), from, to, start, end));
        }
        return values;
    }

    private void look(int more) {
        looked += more;
        if (looked > MOST) {
            throw PromQlException.execution(
                    "query processing would look at more than 50,000,000 samples; ask for wider"
                            + " steps, a shorter range or fewer series");
        }
    }

    private Answer.Vector each(
            Selector selector, java.util.function.Function<Samples, Answer.Row> row) {
        return new Answer.Vector(
                samples.getOrDefault(selector, List.of()).stream().map(row).toList());
    }

    private Answer.Vector ofEach(Expression.OfEach call) {
        double[] parameter = call.parameter().map(this::numbers).orElse(new double[steps.count()]);
        return new Answer.Vector(
                rows(call.of()).stream()
                        .map(row -> {
                            double[] values = new double[steps.count()];
                            Arrays.setAll(
                                    values,
                                    i -> call.function().apply(row.values()[i], parameter[i]));
                            return row.unnamed(values);
                        })
                        .toList());
    }

    private static Answer negative(Answer answer) {
        return switch (answer) {
            case Answer.Scalar(double[] values) -> new Answer.Scalar(negative(values));
            case Answer.Vector(List<Answer.Row> rows) ->
                    new Answer.Vector(
                            rows.stream().map(row -> row.unnamed(negative(row.values()))).toList());
        };
    }

    private static double[] negative(double[] values) {
        return Arrays.stream(values).map(value -> -value).toArray();
    }
}

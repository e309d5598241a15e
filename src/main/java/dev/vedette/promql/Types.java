package dev.vedette.promql;

/** Checks that scalars, series and ranges stand where they may, before anything is read. */
final class Types {
    private enum Type {
        SCALAR,
        VECTOR
    }

    private Types() {}

    /**
     * Checks a whole query.
     *
     * @throws PromQlException saying what stands where it may not
     */
    static void check(Expression expression) {
        boolean isRange =
                expression instanceof Expression.Select(Selector selector)
                        && !selector.range().isZero();
        if (!isRange) {
            of(expression);
        }
    }

    private static Type of(Expression expression) {
        return switch (expression) {
            case Expression.Literal _, Expression.Time _ -> Type.SCALAR;
            case Expression.Select(Selector selector) -> {
                if (!selector.range().isZero()) {
                    throw PromQlException.badData(
                            "a range selector must be the argument of a function such as rate");
                }
                yield Type.VECTOR;
            }
            case Expression.OverRange _ -> Type.VECTOR;
            case Expression.AsVector(Expression scalar) -> {
                require(scalar, Type.SCALAR, "vector");
                yield Type.VECTOR;
            }
            case Expression.OfEach call -> {
                require(call.of(), Type.VECTOR, call.function().name());
                call.parameter().ifPresent(one -> require(one, Type.SCALAR, "a limit"));
                yield Type.VECTOR;
            }
            case Expression.Aggregate call -> {
                require(call.of(), Type.VECTOR, call.aggregation().name());
                call.parameter().ifPresent(one -> require(one, Type.SCALAR, "a number"));
                yield Type.VECTOR;
            }
            case Expression.Negative(Expression inner) -> of(inner);
            case Expression.Binary binary -> of(binary);
        };
    }

    private static Type of(Expression.Binary binary) {
        Type left = of(binary.left());
        Type right = of(binary.right());
        if (binary.operator().isOfSets() && (left == Type.SCALAR || right == Type.SCALAR)) {
            throw PromQlException.badData(
                    "set operator \"" + binary.operator() + "\" not allowed with a scalar");
        }
        if (left == Type.SCALAR && right == Type.SCALAR) {
            if (binary.operator().isComparison() && !binary.asNumber()) {
                throw PromQlException.badData("comparisons between scalars must use BOOL modifier");
            }
            return Type.SCALAR;
        }
        return Type.VECTOR;
    }

    private static void require(Expression expression, Type type, String by) {
        if (of(expression) != type) {
            throw PromQlException.badData(
                    by.toLowerCase(java.util.Locale.ROOT)
                            + " expects "
                            + (type == Type.SCALAR ? "a scalar" : "an instant vector"));
        }
    }
}

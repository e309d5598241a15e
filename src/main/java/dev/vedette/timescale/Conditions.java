package dev.vedette.timescale;

import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.util.Optional;

/** Collects the conditions of a query and their parameters. */
final class Conditions {
    private final StringBuilder clauses = new StringBuilder();
    private final io.vertx.sqlclient.Tuple parameters = io.vertx.sqlclient.Tuple.tuple();

    /** Adds {@code AND} and the condition, in which each {@code ?} stands for the next value. */
    void add(String condition, Object... values) {
        clauses.append(clauses.isEmpty() ? "" : " AND ").append(numbered(condition, values));
    }

    /** Adds the condition when there is a value. */
    void addIfPresent(String condition, Optional<?> value) {
        value.ifPresent(present -> add(condition, present));
    }

    /**
     * Adds that a row stands behind a place in an order newest first.
     *
     * @param columns the order's two, such as {@code created_at, id}
     */
    void addBehind(String columns, Instant time, Object id) {
        add("(" + columns + ") < (?, ?)", Rows.parameter(time), id);
    }

    /** Adds the value and returns its name, such as {@code $3}. */
    String parameter(Object value) {
        parameters.addValue(value);
        return "$" + parameters.size();
    }

    /** All conditions, joined by {@code AND}. */
    String clauses() {
        return clauses.toString();
    }

    /** All values. */
    Tuple parameters() {
        return Tuple.newInstance(parameters);
    }

    private String numbered(String condition, Object... values) {
        StringBuilder numbered = new StringBuilder();
        int next = 0;
        for (int i = 0; i < condition.length(); i++) {
            char c = condition.charAt(i);
            if (c == '?') {
                numbered.append(parameter(values[next++]));
            } else {
                numbered.append(c);
            }
        }
        return numbered.toString();
    }
}

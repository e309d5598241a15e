package dev.vedette.promql;

/**
 * One piece of a query's text.
 *
 * @param kind of the piece
 * @param text as written; of a text what it says
 * @param at where it begins, from 0
 */
record Token(Kind kind, String text, int at) {
    enum Kind {
        NAME,
        NUMBER,
        DURATION,
        TEXT,
        SYMBOL,
        END
    }

    boolean is(String symbol) {
        return kind != Kind.TEXT && text.equals(symbol);
    }

    @Override
    public String toString() {
        return kind == Kind.END ? "the end" : "\"" + text + "\"";
    }
}

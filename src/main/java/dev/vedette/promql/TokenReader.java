package dev.vedette.promql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Walks over the tokens of a query and says where it stopped making sense. */
final class TokenReader {
    private final List<Token> tokens;
    private int at;

    TokenReader(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token next() {
        return tokens.get(at < tokens.size() - 1 ? at++ : at);
    }

    /** Goes over that symbol or word if it is next. */
    boolean skip(String symbol) {
        boolean is = peek().is(symbol);
        if (is) {
            at++;
        }
        return is;
    }

    void require(String symbol) {
        if (!skip(symbol)) {
            throw unexpected("\"" + symbol + "\" expected");
        }
    }

    Token require(Token.Kind kind, String what) {
        if (peek().kind() != kind) {
            throw unexpected(what + " expected");
        }
        return next();
    }

    PromQlException unexpected(String why) {
        return error("unexpected " + peek() + ", " + why);
    }

    PromQlException error(String what) {
        return PromQlException.badData("parse error at char " + (peek().at() + 1) + ": " + what);
    }

    /** Label names in brackets. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        require("(");
        while (!skip(")")) {
            names.add(require(Token.Kind.NAME, "label name").text());
            if (!peek().is(")")) {
                require(",");
            }
        }
        return names;
    }

    /** A duration above zero, such as 5m or 1h30m. */
    Duration duration() {
        return Durations.parse(require(Token.Kind.DURATION, "duration").text());
    }
}

package dev.vedette.promql;

import java.util.ArrayList;
import java.util.List;

/** Cuts a query into tokens. */
final class Lexer {
    private static final List<String> DOUBLE_SYMBOLS = List.of("==", "!=", "=~", "!~", ">=", "<=");
    private static final String SYMBOLS = "(){}[],+-*/%^=<>@:";

    private final String query;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String query) {
        this.query = query;
    }

    static List<Token> tokens(String query) {
        Lexer lexer = new Lexer(query);
        while (lexer.skipSpace()) {
            lexer.next();
        }
        lexer.tokens.add(new Token(Token.Kind.END, "", lexer.at));
        return lexer.tokens;
    }

    private boolean skipSpace() {
        while (at < query.length()) {
            char c = query.charAt(at);
            if (c == '#') {
                int end = query.indexOf('\n', at);
                at = end < 0 ? query.length() : end;
            } else if (Character.isWhitespace(c)) {
                at++;
            } else {
                return true;
            }
        }
        return false;
    }

    private void next() {
        char c = query.charAt(at);
        if (isDigit(c) || c == '.') {
            number();
        } else if (isNameStart(c)) {
            int from = at;
            while (at < query.length()
                    && (isNameStart(query.charAt(at)) || isDigit(query.charAt(at)))) {
                at++;
            }
            tokens.add(new Token(Token.Kind.NAME, query.substring(from, at), from));
        } else if (c == '"' || c == '\'' || c == '`') {
            text(c);
        } else {
            symbol();
        }
    }

    private void number() {
        int from = at;
        while (at < query.length() && isNumberPart(from)) {
            at++;
        }
        String text = query.substring(from, at);
        boolean isDuration = Durations.FORM.matcher(text).matches();
        tokens.add(new Token(isDuration ? Token.Kind.DURATION : Token.Kind.NUMBER, text, from));
    }

    // a sign belongs to a number only after its e
    private boolean isNumberPart(int from) {
        char c = query.charAt(at);
        boolean signs = c == '+' || c == '-';
        boolean afterE = at > from && "eE".indexOf(query.charAt(at - 1)) >= 0;
        boolean isHex = query.startsWith("0x", from) || query.startsWith("0X", from);
        return Character.isLetterOrDigit(c) || c == '.' || (signs && afterE && !isHex);
    }

    private void text(char quote) {
        int from = at++;
        StringBuilder text = new StringBuilder();
        while (at < query.length() && query.charAt(at) != quote) {
            boolean escaped = query.charAt(at) == '\\' && quote != '`';
            text.append(escaped ? escape(from) : query.charAt(at));
            at++;
        }
        if (at == query.length()) {
            throw PromQlException.badData(
                    "parse error at char " + (from + 1) + ": unterminated quoted string");
        }
        at++;
        tokens.add(new Token(Token.Kind.TEXT, text.toString(), from));
    }

    private char escape(int from) {
        if (++at == query.length()) {
            throw PromQlException.badData(
                    "parse error at char " + (from + 1) + ": unterminated quoted string");
        }
        char c = query.charAt(at);
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case '\\', '"', '\'' -> c;
            default ->
                    throw PromQlException.badData(
                            "parse error at char " + at + ": unknown escape sequence \\" + c);
        };
    }

    private void symbol() {
        int length = DOUBLE_SYMBOLS.stream().anyMatch(two -> query.startsWith(two, at)) ? 2 : 1;
        String symbol = query.substring(at, at + length);
        if (length == 1 && SYMBOLS.indexOf(symbol.charAt(0)) < 0) {
            throw PromQlException.badData(
                    "parse error at char " + (at + 1) + ": unexpected character '" + symbol + "'");
        }
        tokens.add(new Token(Token.Kind.SYMBOL, symbol, at));
        at += length;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNameStart(char c) {
        return "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_:".indexOf(c) >= 0;
    }
}

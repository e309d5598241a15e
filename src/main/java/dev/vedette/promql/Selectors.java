package dev.vedette.promql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads selectors. */
final class Selectors {
    private Selectors() {}

    /** The selector that begins after the name, if there is one. */
    static Selector read(TokenReader tokens, Optional<String> name) {
        List<LabelMatcher> matchers = new ArrayList<>();
        name.ifPresent(text ->
                matchers.add(
                        LabelMatcher.of(LabelMatcher.NAME, LabelMatcher.Operator.EQUAL, text)));
        if (tokens.skip("{")) {
            braces(tokens, matchers);
        }
        if (matchers.stream().allMatch(matcher -> matcher.fits().test(""))) {
            throw tokens.error(
                    "vector selector must contain at least one matcher that the empty text does"
                            + " not fit");
        }
        Duration range = Duration.ZERO;
        if (tokens.skip("[")) {
            range = tokens.duration();
            if (tokens.peek().is(":")) {
                throw tokens.error("subqueries are not offered here");
            }
            tokens.require("]");
        }
        Duration offset = offset(tokens);
        if (tokens.peek().is("@")) {
            throw tokens.error("@ is not offered here");
        }
        return new Selector(matchers, range, offset);
    }

    private static void braces(TokenReader tokens, List<LabelMatcher> matchers) {
        while (!tokens.skip("}")) {
            matchers.add(matcher(tokens));
            if (!tokens.peek().is("}")) {
                tokens.require(",");
            }
        }
    }

    // a quoted text alone is the metric's name
    private static LabelMatcher matcher(TokenReader tokens) {
        Token label = tokens.next();
        if (label.kind() != Token.Kind.NAME && label.kind() != Token.Kind.TEXT) {
            throw tokens.error("label name expected");
        }
        boolean alone = tokens.peek().is(",") || tokens.peek().is("}");
        if (label.kind() == Token.Kind.TEXT && alone) {
            return LabelMatcher.of(LabelMatcher.NAME, LabelMatcher.Operator.EQUAL, label.text());
        }
        LabelMatcher.Operator operator =
                LabelMatcher.Operator.of(tokens.peek().text())
                        .orElseThrow(() -> tokens.unexpected("=, !=, =~ or !~ expected"));
        tokens.next();
        String value = tokens.require(Token.Kind.TEXT, "quoted text").text();
        return LabelMatcher.of(label.text(), operator, value);
    }

    private static Duration offset(TokenReader tokens) {
        if (!tokens.skip("offset")) {
            return Duration.ZERO;
        }
        boolean later = tokens.skip("-");
        Duration offset = tokens.duration();
        return later ? offset.negated() : offset;
    }
}

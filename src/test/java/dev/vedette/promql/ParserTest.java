package dev.vedette.promql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.Seeds;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ParserTest {
    private static Selector selector(String query) {
        return ((Expression.Select) Parser.parse(query)).selector();
    }

    @Test
    void matchersCompareWholeValuesAndAbsentIsEmpty() {
        Selector selector = selector("cpu{node=~\"a.\",zone!=\"x\",rack!~\"r[12]\",gone=\"\"}");
        Map<String, String> fits = Map.of("__name__", "cpu", "node", "ab", "rack", "r3");
        assertTrue(selector.matches(fits));
        assertEquals(
                false,
                selector.matches(Map.of("__name__", "cpu", "node", "abc", "rack", "r3")),
                "a regular expression fits the whole value");
        assertEquals(
                false, selector.matches(Map.of("__name__", "cpu", "node", "ab", "rack", "r1")));
        assertEquals(false, selector.matches(Map.of("__name__", "mem", "node", "ab")));
    }

    @Test
    void rangeAndOffsetAreRead() {
        Selector selector = selector("{\"odd.name\", 'quoted label'='x'}[1h30m] offset -1d");
        assertEquals(Duration.ofMinutes(90), selector.range());
        assertEquals(Duration.ofDays(-1), selector.offset());
        assertTrue(selector.matches(Map.of("__name__", "odd.name", "quoted label", "x")));
    }

    @Test
    void operatorsBindAsPrometheusBindsThem() {
        assertEquals("(1 + (2 * ((-(3 ^ (2 ^ 1))) % 4)))", shown("1+2*(-3^2^1 % 4)"));
        assertEquals("((1 - 2) - 3)", shown("1-2-3 # a comment"));
        assertEquals("((1 + 2) >= (3 * 4))", shown("1+2 >= bool 3*4"));
    }

    private static String shown(String query) {
        return shown(Parser.parse(query));
    }

    private static String shown(Expression expression) {
        return switch (expression) {
            case Expression.Literal(double value) -> String.valueOf((long) value);
            case Expression.Negative(Expression of) -> "(-" + shown(of) + ")";
            case Expression.Binary binary ->
                    "("
                            + shown(binary.left())
                            + " "
                            + switch (binary.operator()) {
                                case PLUS -> "+";
                                case MINUS -> "-";
                                case TIMES -> "*";
                                case MODULO -> "%";
                                case POWER -> "^";
                                default -> ">=";
                            }
                            + " "
                            + shown(binary.right())
                            + ")";
            default -> throw new AssertionError(expression);
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cpu{",
                "cpu{a=}",
                "cpu{a=\"b}",
                "cpu{a~\"b\"}",
                "cpu{a=~\"[\"}",
                "{a=\"\"}",
                "{}",
                "{a=~\".*\"}",
                "cpu[5m]+1",
                "cpu[5m:1m]",
                "cpu[0s]",
                "cpu @ 5",
                "rate(cpu)",
                "rate(cpu[5m]",
                "nothing(cpu)",
                "sum(1)",
                "abs(1)",
                "vector(cpu)",
                "topk(cpu)",
                "topk(cpu, cpu)",
                "1 > 2",
                "1 and cpu",
                "cpu + bool cpu",
                "cpu * on(a) group_right cpu",
                "1 2",
                "5m",
                "1e",
                "\"text\"",
                "cpu offset x",
                "cpu;drop"
            })
    void whatIsNotOfferedIsRefusedInWords(String query) {
        PromQlException refused =
                assertThrows(PromQlException.class, () -> Parser.parse(query), query);
        assertEquals(PromQlException.Reason.BAD_DATA, refused.reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "-", "1^", "abs(", "sum by (a) ("})
    void deepNestingIsRefusedNotOverflowed(String opening) {
        String query = opening.repeat(9_999 / opening.length());
        assertThrows(PromQlException.class, () -> Parser.parse(query));
    }

    @Test
    void longChainsAreRefused() {
        assertThrows(PromQlException.class, () -> Parser.parse("1" + "+1".repeat(4000)));
    }

    @Test
    void anyTextIsReadOrRefused() {
        long seed = Seeds.explored();
        Random random = new Random(seed);
        String pieces = "cpu{}[]()\"'`=!~<>+-*/^%,:@#5m.e \\nsum by offset rate and on bool";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder query = new StringBuilder();
            int length = random.nextInt(30);
            for (int k = 0; k < length; k++) {
                query.append(pieces.charAt(random.nextInt(pieces.length())));
            }
            try {
                Parser.parse(query.toString());
            } catch (PromQlException expected) {
                assertTrue(!String.valueOf(expected.getMessage()).isBlank());
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + " query " + query, e);
            }
        }
    }
}

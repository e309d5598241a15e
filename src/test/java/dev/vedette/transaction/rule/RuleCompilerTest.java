package dev.vedette.transaction.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.Seeds;
import dev.vedette.transaction.Outcome;
import dev.vedette.transaction.rule.RuleTrace.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RuleCompilerTest {
    private static final FactNames NAMES =
            FactNames.of(
                    Map.of(
                            "amount", FactType.NUMBER,
                            "country", FactType.TEXT,
                            "merchant", FactType.TEXT,
                            "time", FactType.TIME,
                            "account.home_country", FactType.TEXT,
                            "attributes.vip", FactType.TRUTH,
                            "features.count_1h", FactType.NUMBER,
                            "features.ratio_30d", FactType.NUMBER));

    private final RuleCompiler compiler = new RuleCompiler(NAMES);

    private static Facts facts() {
        return new Facts()
                .number("amount", 1200.5)
                .text("country", "NG")
                .text("merchant", null)
                .text("account.home_country", "DE")
                .truth("attributes.vip", false)
                .time("time", Instant.parse("2026-11-21T03:00:00Z"))
                .number("features.count_1h", 6)
                .number("features.ratio_30d", Double.NaN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "amount > 1000 && country != account.home_country && features.count_1h > 5 ; TRUE",
                "amount > 1000 && attributes.vip ; FALSE",
                "country in ['NG', 'RU'] ; TRUE",
                "['NG', 'RU'].exists(c, c == country) ; TRUE",
                "['NG', 'RU'].all(c, c == country) ; FALSE",
                "merchant == '' && time.getHours() < 6 ; TRUE",
                "country.matches('^(N|R)[A-Z]$') ; TRUE",
                "amount / 0.0 > 5 ; TRUE",
                "int(amount) / 0 > 5 ; UNKNOWN",
                "features.ratio_30d > 3 ; UNKNOWN",
                "!(features.ratio_30d > 3) ; UNKNOWN",
                "amount < 10 && features.ratio_30d > 3 ; FALSE",
                "features.ratio_30d > 3 && amount < 10 ; FALSE",
                "features.ratio_30d > 3 || amount > 10 ; TRUE",
                "(amount > 1 ? 'a' : 'b') == 'a' ; TRUE"
            })
    void rulesAnswerAsTheyRead(String expression, Answer answer) throws RuleExpressionException {
        assertEquals(answer, compiler.compile(expression).answer(facts()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "amuont > 3 | 1 | unknown_name | Did you mean 'amount'?",
                "amount > 3 && features.count_1hour > 2 | 15 | unknown_name | Did you mean"
                        + " 'features.count_1h'?",
                "amount == 5 | 8 | wrong_type | Write the number with a decimal point: 5.0 instead"
                        + " of 5.",
                "amount > | 9 | syntax | Look at the place: a bracket, quotation mark or operand may"
                        + " be missing there.",
                "amount | 1 | not_a_condition | Compare it with something: amount > 1000.",
                "has(attributes.vip) | 5 | not_offered | A rule that depends on something unknown"
                        + " does not fire; a missing text is empty, so write attributes.vip != ''.",
                "country.matches('(') | 16 | bad_pattern | Write it as RE2 does:"
                        + " github.com/google/re2/wiki/Syntax."
            })
    void faultIsToldWithPlaceAndRemedy(String expression, int column, String code, String fix) {
        RuleIssue issue = issues(expression).getFirst();
        assertEquals(code, issue.code(), issue.toString());
        assertEquals(column, issue.column(), issue.toString());
        assertEquals(fix, issue.fix());
    }

    @Test
    void faultOfALaterLineIsToldThere() {
        RuleIssue issue = issues("amount > 3\n  && nothing == 'x'").getFirst();
        assertEquals(2, issue.line());
        assertEquals(6, issue.column());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1,2,3].map(x, [1,2,3].map(y, x * y)).size() > 2",
                "['a','b'].exists(x, [x, x].map(z, z + z).size() > 1)",
                "country + country + country == 'x'",
                "country.matches(merchant)",
                "country.matches('(((a{1,30}){1,30}){1,30}){1,30}')",
                "country.matches('a{1000}')",
                "dyn(amount) == 5",
                "type(amount) == double",
                "{'a': 1}['a'] == 1",
                "google.protobuf.Timestamp{seconds: 5} == time",
                "cel.bind(x, amount, x > 1)",
                "country.split('').size() > 1",
                "bytes(country) == b'x'",
                "account == 5.0",
                "time.nothing",
                "''",
                "1",
                "null",
                "amount > 1; drop table transaction"
            })
    void hostileRulesAreRefused(String expression) {
        List<RuleIssue> issues = issues(expression);
        assertTrue(issues.stream().noneMatch(issue -> issue.fix().isBlank()), issues.toString());
        assertTrue(issues.stream().allMatch(issue -> issue.column() >= 1), issues.toString());
    }

    @Test
    void rulesThatExplodeAreRefusedAtOnce() {
        String list = "[" + "1,".repeat(60) + "1]";
        String loops =
                list + ".exists(x, " + list + ".exists(y, " + list + ".exists(z, x+y == z)))";
        assertEquals("too_costly", issues(loops).getFirst().code());
        assertEquals(
                "too_long", issues("amount > 1" + " && amount > 1".repeat(500)).getFirst().code());
        assertEquals(
                "too_deep",
                issues("(".repeat(300) + "amount" + ")".repeat(300) + " > 1").getFirst().code());
        issues("!".repeat(1900) + "attributes.nothing");
        issues("[".repeat(900));
        assertEquals("empty", issues(" \n ").getFirst().code());
    }

    @Test
    void theMostExpensiveAllowedRuleIsStillQuick() throws RuleExpressionException {
        String one = "merchant.matches('^(a|aa|aaa)*(b|bb)*$')";
        CompiledRule rule = compiler.compile(one + (" || " + one).repeat(8));
        Facts facts = facts().text("merchant", "a".repeat(1024) + "c");
        rule.answer(facts);
        long start = System.nanoTime();
        assertEquals(Answer.FALSE, rule.answer(facts));
        assertTrue(
                Duration.ofNanos(System.nanoTime() - start).toMillis() < 1000,
                "a bounded rule took longer than a second");
    }

    @Test
    void traceHoldsEveryOperandThatIsKnown() throws RuleExpressionException {
        Rule rule =
                new Rule(
                        "big-abroad",
                        "",
                        "amount > 1000 && features.ratio_30d > 3",
                        RuleMode.SHADOW,
                        new RuleEffect.Decide(Outcome.REVIEW));
        CompiledRule compiled = compiler.compile(rule.expression());
        assertEquals(Set.of("amount", "features.ratio_30d"), compiled.names());
        RuleTrace trace = compiled.trace(rule, 3, facts());
        assertEquals(Answer.UNKNOWN, trace.answer());
        assertEquals("features.ratio_30d", trace.unknown());
        assertEquals(Map.of("amount", 1200.5), trace.operands());
        assertEquals("rule big-abroad", trace.reason());
        assertTrue(!trace.acts());
    }

    @Test
    void anyTextIsRefusedOrCompiledButNeverFails() {
        String[] parts = {
            "amount",
            "country",
            "features.count_1h",
            ">",
            "==",
            "&&",
            "||",
            "!",
            "(",
            ")",
            "[",
            "]",
            "'NG'",
            "5",
            "5.0",
            ".exists(c,",
            "in",
            "?",
            ":",
            "-",
            "\n",
            "\"",
            "\\",
            "matches",
            "{",
            "}",
            "true",
            "null",
            "\u00e4",
            "0x",
            "1e999",
            ".",
            ","
        };
        long seed = Seeds.explored();
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(14); n >= 0; n--) {
                text.append(parts[random.nextInt(parts.length)]).append(' ');
            }
            String expression = text.toString();
            try {
                compiler.compile(expression).answer(facts());
            } catch (RuleExpressionException e) {
                assertTrue(!e.issues().isEmpty(), "seed " + seed + ": " + expression);
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed + ": " + expression, e);
            }
        }
    }

    @Test
    void matchesWithoutAPatternIsRefused() {
        for (String expression : new String[] {"matches()", "country.matches()"}) {
            var refusal =
                    assertThrows(RuleExpressionException.class, () -> compiler.compile(expression));
            assertEquals("not_offered", refusal.issues().getFirst().code());
        }
    }

    @Test
    void brokenRuleIsLeftOutAndTold() {
        RuleVersion good = version("good", "amount > 1", RuleMode.ENABLED);
        RuleVersion off = version("off", "amount > 1", RuleMode.OFF);
        RuleVersion bad = version("bad", "attributes.gone == 'x'", RuleMode.ENABLED);
        List<String> told = new java.util.ArrayList<>();
        RuleSet rules =
                RuleSet.of(List.of(good, off, bad), compiler, (v, e) -> told.add(v.rule().name()));
        assertEquals(List.of("bad"), told);
        List<RuleTrace> traces = rules.judge(facts());
        assertEquals(1, traces.size());
        assertTrue(traces.getFirst().acts());
    }

    @Test
    void diffNamesWhatChanged() {
        Rule before = version("a", "amount > 1", RuleMode.ENABLED).rule();
        Rule after = new Rule("a", "", "amount > 2", RuleMode.ENABLED, new RuleEffect.Score(0.5));
        assertEquals(
                List.of(
                        new RuleDiff.Change("expression", "amount > 1", "amount > 2"),
                        new RuleDiff.Change("effect", "score 1.0", "score 0.5")),
                RuleDiff.between(before, after));
        assertEquals(List.of(), RuleDiff.between(after, after));
    }

    @Test
    void scoreOutsideOfItsRangeIsRefused() {
        for (double score : new double[] {0, -1, 1.01, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> new RuleEffect.Score(score));
        }
    }

    private static RuleVersion version(String name, String expression, RuleMode mode) {
        Rule rule = new Rule(name, "", expression, mode, new RuleEffect.Score(1));
        return new RuleVersion(
                1, rule, RuleVersion.State.PUBLISHED, "ann", Instant.parse("2026-11-21T00:00:00Z"));
    }

    private List<RuleIssue> issues(String expression) {
        return assertThrows(RuleExpressionException.class, () -> compiler.compile(expression))
                .issues();
    }
}

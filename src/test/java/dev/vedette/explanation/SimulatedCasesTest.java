package dev.vedette.explanation;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.explanation.SimulatedCase.Metric;
import dev.vedette.simulation.InjectedKind;
import dev.vedette.simulation.InjectedSeverity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every kind of anomaly in three sizes on five base patterns: found, how soon, named how, told how.
 * {@code -Dvedette.docs.write=true} writes docs/detection-cases.md from it.
 */
class SimulatedCasesTest {
    private static final Path PAGE = Path.of("docs", "detection-cases.md");
    private static final int SEEDS = 6;
    private static final List<SimulatedCase> CASES = new ArrayList<>();
    private static final Explainer EXPLAINER = new Explainer(Phrases.ENGLISH);

    @BeforeAll
    static void runAllCases() throws IOException {
        for (InjectedKind kind : InjectedKind.values()) {
            for (InjectedSeverity severity : InjectedSeverity.values()) {
                for (Metric metric : Metric.values()) {
                    for (long seed = 1; seed <= SEEDS; seed++) {
                        if (metric.baseline.canHave(kind)) {
                            CASES.add(SimulatedCase.run(metric, kind, severity, seed));
                        }
                    }
                }
            }
        }
        if (Boolean.getBoolean("vedette.docs.write")) {
            Files.writeString(PAGE, page());
        }
    }

    /** Margins lie under what was measured: see docs/detection-cases.md. */
    @ParameterizedTest
    @CsvSource({
        "SPIKE, MILD, 0.85, 0.85",
        "SPIKE, CLEAR, 0.9, 0.9",
        "SPIKE, SEVERE, 0.9, 0.9",
        "DIP, MILD, 0.9, 0.85",
        "DIP, SEVERE, 0.9, 0.85",
        "TREND, MILD, 0.75, 0.8",
        "TREND, CLEAR, 0.85, 0.85",
        "TREND, SEVERE, 0.9, 0.85",
        "LEVEL_SHIFT, MILD, 0.85, 0.85",
        "LEVEL_SHIFT, CLEAR, 0.9, 0.85",
        "LEVEL_SHIFT, SEVERE, 0.9, 0.85",
        "VARIANCE, CLEAR, 0.9, 0.8",
        "VARIANCE, SEVERE, 0.9, 0.85",
        "FLATLINE, MILD, 0.9, 0.85",
        "FLATLINE, SEVERE, 0.9, 0.85",
        "SEASONAL, CLEAR, 0.75, 0.45"
    })
    void mostAreFoundAndNamed(
            InjectedKind kind, InjectedSeverity severity, double found, double named) {
        List<SimulatedCase> cases = cases(kind, severity);
        assertTrue(share(cases, c -> c.anomaly().isPresent()) >= found, () -> row(kind, severity));
        List<SimulatedCase> seen = cases.stream().filter(c -> c.anomaly().isPresent()).toList();
        assertTrue(share(seen, SimulatedCase::rightLabel) >= named, () -> row(kind, severity));
    }

    @Test
    void fewAnomaliesOpenWhereNothingIsWrong() {
        double weeks = CASES.size();
        int alarms = CASES.stream().mapToInt(SimulatedCase::falseAlarms).sum();
        assertTrue(alarms <= weeks, alarms + " in " + weeks + " series-weeks");
    }

    @Test
    void everySentenceNamesItsNodeAndLeavesNothingOut() {
        for (SimulatedCase one : CASES) {
            one.text(EXPLAINER)
                    .ifPresent(text -> {
                        assertTrue(text.contains(one.metric().node), text);
                        assertFalse(text.matches(".*(NaN|\\{\\d+}|null|∞).*"), text);
                    });
        }
    }

    private static List<SimulatedCase> cases(InjectedKind kind, InjectedSeverity severity) {
        return CASES.stream()
                .filter(c -> c.injection().kind() == kind && c.injection().severity() == severity)
                .toList();
    }

    private static double share(List<SimulatedCase> cases, Predicate<SimulatedCase> what) {
        return (double) cases.stream().filter(what).count() / cases.size();
    }

    private static String row(InjectedKind kind, InjectedSeverity severity) {
        List<SimulatedCase> cases = cases(kind, severity);
        List<SimulatedCase> found = cases.stream().filter(c -> c.anomaly().isPresent()).toList();
        List<Duration> delays = found.stream().flatMap(c -> c.delay().stream()).sorted().toList();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %d/%d | %s | %d | %d |%n",
                kind.label().replace('_', ' '),
                severity.label(),
                found.size(),
                cases.size(),
                delays.isEmpty() ? "–" : delays.get(delays.size() / 2).toMinutes() + " min",
                found.stream().filter(SimulatedCase::rightLabel).count(),
                found.stream().filter(SimulatedCase::rightKind).count());
    }

    private static String page() {
        StringBuilder page =
                new StringBuilder(
                        """
                        # Cases: what is found, and what is said

                        Written by `mvn test -Dtest=SimulatedCasesTest -Dvedette.docs.write=true`; asserted with margins by the same test. Every kind of
                        anomaly in three sizes (5, 8, 12 spreads, see [detection.md](detection.md)) on five base patterns, %d seeds each, in the third week of a series at
                        five-minute steps, through the code of live detection at the default threshold. Found: an anomaly was open during it or in the hour
                        after. Delay: to its opening, from the first wrong point (a trend starts at nothing). Label: spike, trend or seasonal as
                        injected. Kind: the finer one as well. Missing points are the worker's to notice: the detector is never called.

                        | kind | size | found | median delay | label right | kind right |
                        |---|---|---|---|---|---|
                        """
                                .formatted(SEEDS));
        for (InjectedKind kind : InjectedKind.values()) {
            for (InjectedSeverity severity : InjectedSeverity.values()) {
                if (kind != InjectedKind.MISSING) {
                    page.append(row(kind, severity));
                }
            }
        }
        int alarms = CASES.stream().mapToInt(SimulatedCase::falseAlarms).sum();
        page.append(
                String.format(
                        Locale.ROOT,
                        "%nIn the week before, %d anomalies opened in %d series-weeks.%n",
                        alarms,
                        CASES.size()));
        page.append(
                "\n## Texts\nTimes are those of Europe/Berlin. 17 March 2026 is a Tuesday.\n\n");
        page.append("| injected | on | said |\n|---|---|---|\n");
        for (InjectedKind kind : InjectedKind.values()) {
            for (Metric metric : Metric.values()) {
                texts(page, kind, metric);
            }
        }
        return page.toString();
    }

    /** Two of each kind and pattern: one clear, one severe, of seeds that go up and down. */
    private static void texts(StringBuilder page, InjectedKind kind, Metric metric) {
        for (InjectedSeverity severity : List.of(InjectedSeverity.CLEAR, InjectedSeverity.SEVERE)) {
            int seed = severity == InjectedSeverity.CLEAR ? 0 : 1;
            cases(kind, severity).stream()
                    .filter(c -> c.metric() == metric && kind != InjectedKind.MISSING)
                    .skip(seed)
                    .findFirst()
                    .ifPresent(c ->
                            page.append("| ")
                                    .append(severity.label())
                                    .append(' ')
                                    .append(kind.label().replace('_', ' '))
                                    .append(" | ")
                                    .append(metric.name().toLowerCase(Locale.ROOT))
                                    .append(" | ")
                                    .append(c.text(EXPLAINER).orElse("(not found)"))
                                    .append(" |\n"));
        }
    }
}

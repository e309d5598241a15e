package dev.vedette.cli;

import dev.vedette.timescale.StatementTimes;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Tells where the database's time goes during a part of a benchmark, by statement.
 *
 * @param wanted whether it does; otherwise it costs nothing
 */
record StatementTable(boolean wanted) {
    /** What is watched. */
    @FunctionalInterface
    interface Step {
        /** Does it. */
        void run() throws IOException;
    }

    /** Settings the database must be started with. */
    List<String> settings() {
        return wanted ? StatementTimes.SETTINGS : List.of();
    }

    /**
     * Does the step and prints what it took of the database.
     *
     * @param unit what the figures are for one of
     * @param units how many of these the step handles
     */
    void during(BenchService service, String unit, double units, Step step) throws IOException {
        if (!wanted) {
            step.run();
            return;
        }
        try (StatementTimes times = service.statements()) {
            step.run();
            System.out.println(unit + ": µs by the clock, calls, bytes of the database's log");
            for (StatementTimes.Kind kind : times.longest()) {
                System.out.printf(
                        Locale.ROOT,
                        "%10.3f %10.4f %8.1f  %s%n",
                        kind.millis() * 1e3 / units,
                        kind.calls() / units,
                        kind.walBytes() / units,
                        kind.text());
            }
        }
    }
}

package dev.vedette.cli;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/**
 * Shows how far something is: a bar that moves on a terminal, a line every tenth elsewhere. Not
 * thread-safe.
 */
final class ProgressBar {
    private static final int WIDTH = 30;

    private final PrintStream out;
    private final boolean terminal;
    private int lastTenth = -1;

    ProgressBar(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** On standard error, with a bar when a person watches. */
    static ProgressBar onConsole() {
        boolean terminal =
                Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
        return new ProgressBar(System.err, terminal);
    }

    /**
     * Shows the state.
     *
     * @param share 0 to 1
     * @param text what is counted so far
     */
    void show(double share, String text) {
        double bounded = Math.clamp(share, 0.0, 1.0);
        if (terminal) {
            int full = (int) (bounded * WIDTH);
            out.printf(
                    Locale.ROOT,
                    "\r[%s%s] %3.0f %%  %s ",
                    "=".repeat(full),
                    " ".repeat(WIDTH - full),
                    bounded * 100,
                    text);
            out.flush();
        } else if ((int) (bounded * 10) > lastTenth) {
            lastTenth = (int) (bounded * 10);
            out.printf(Locale.ROOT, "%3.0f %%  %s%n", bounded * 100, text);
        }
    }

    /** Ends the bar's line. */
    void end() {
        if (terminal) {
            out.println();
        }
    }
}

package dev.vedette.explanation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How values of a unit are written: its symbol, the larger symbols above it, and what its values
 * can be.
 *
 * @param steps the symbols, smallest first, at least one
 * @param limits what its values can be
 */
public record Unit(List<Step> steps, ValueLimits limits) {
    /**
     * A symbol and when it is used.
     *
     * @param from the smallest size of a value that is written with it, in the unit as sent
     * @param factor how much of the unit as sent it stands for
     * @param symbol what is written; may be empty
     */
    public record Step(double from, double factor, String symbol) {}

    private static final double KIB = 1024;

    /** The unit of that name, as clients send it; an unknown one is written as it is. */
    public static Unit of(Optional<String> name) {
        String sent = name.orElse("");
        return switch (sent.toLowerCase(Locale.ROOT)) {
            case "percent", "%" -> new Unit(List.of(new Step(0, 1, "%")), ValueLimits.PERCENT);
            case "bytes", "byte", "by", "b" -> bytes("");
            case "bytes/s", "bytes_per_second", "by/s", "b/s" -> bytes("/s");
            case "ms", "milliseconds" -> positive(new Step(0, 1, "ms"), new Step(1e4, 1e3, "s"));
            case "s", "second", "seconds" ->
                    positive(
                            new Step(0, 1e-3, "ms"), new Step(1, 1, "s"), new Step(600, 60, "min"));
            case "count" -> new Unit(thousands(""), ValueLimits.COUNTED);
            case "", "1", "ratio" -> new Unit(thousands(""), ValueLimits.NONE);
            case "per_second", "count/s", "/s", "1/s" -> counted("/s");
            case "requests/s", "requests_per_second", "rps", "req/s" -> counted("requests/s");
            default -> new Unit(thousands(sent), ValueLimits.NONE);
        };
    }

    /** The step for values of that size. */
    public Step stepFor(double size) {
        Step fitting = steps.getFirst();
        for (Step step : steps) {
            if (size >= step.from()) {
                fitting = step;
            }
        }
        return fitting;
    }

    private static Unit bytes(String per) {
        return positive(
                new Step(0, 1, "B" + per),
                new Step(KIB, KIB, "KiB" + per),
                new Step(KIB * KIB, KIB * KIB, "MiB" + per),
                new Step(KIB * KIB * KIB, KIB * KIB * KIB, "GiB" + per),
                new Step(KIB * KIB * KIB * KIB, KIB * KIB * KIB * KIB, "TiB" + per),
                new Step(Math.pow(KIB, 5), Math.pow(KIB, 5), "PiB" + per));
    }

    private static Unit counted(String symbol) {
        return new Unit(thousands(symbol), ValueLimits.NOT_NEGATIVE);
    }

    private static Unit positive(Step... steps) {
        return new Unit(List.of(steps), ValueLimits.NOT_NEGATIVE);
    }

    private static List<Step> thousands(String symbol) {
        return List.of(
                new Step(0, 1, symbol),
                new Step(1e5, 1e3, ("k " + symbol).strip()),
                new Step(1e6, 1e6, ("M " + symbol).strip()),
                new Step(1e9, 1e9, ("G " + symbol).strip()));
    }
}

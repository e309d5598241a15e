package dev.vedette.cli;

import dev.vedette.simulation.InjectedKind;
import dev.vedette.simulation.LabelledSet;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes a labelled set of simulated series to files. */
@Command(
        name = "simulate",
        description = {
            "Writes simulated series with labelled anomalies, in the layout that evaluate reads:",
            "typed/NNN_BASELINE.csv.gz (timestamp,value,label,type) and labels.csv (kinds, sizes).",
            "The same options give the same bytes."
        },
        mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Option(names = "--seed", defaultValue = "1", description = "Any whole number (1).")
    private long seed;

    @Option(names = "--series", defaultValue = "60", description = "How many series (60).")
    private int series;

    @Option(names = "--days", defaultValue = "21", description = "How long, in days (21).")
    private int days;

    @Option(
            names = "--step",
            defaultValue = "300s",
            converter = StepConverter.class,
            description = "Time between two points, as 60s, 5m or 1h (300s).")
    private Duration step = Duration.ofMinutes(5);

    @Option(
            names = "--start",
            defaultValue = "2026-03-02T00:00:00Z",
            description = "Time of the first point (2026-03-02T00:00:00Z).")
    private Instant start = Instant.EPOCH;

    @Option(
            names = "--kinds",
            split = ",",
            defaultValue = "spike,dip,trend,level_shift,variance,flatline,missing,seasonal",
            converter = KindConverter.class,
            description = {
                "What may be made wrong, separated by commas (all): spike, dip, trend,",
                "level_shift, variance, flatline, missing, seasonal."
            })
    private Set<InjectedKind> kinds = EnumSet.allOf(InjectedKind.class);

    /** A kind by its label. */
    static final class KindConverter implements CommandLine.ITypeConverter<InjectedKind> {
        @Override
        public InjectedKind convert(String text) {
            return Arrays.stream(InjectedKind.values())
                    .filter(kind -> kind.label().equals(text))
                    .findFirst()
                    .orElseThrow(() ->
                            new CommandLine.TypeConversionException(
                                    "'" + text + "' is no kind of anomaly"));
        }
    }

    @Option(names = "--no-gzip", description = "Writes .csv instead of .csv.gz.")
    private boolean plain;

    @Option(names = "--out", required = true, description = "Folder to write to; made if needed.")
    private Path out = Path.of("");

    @Override
    public Integer call() throws java.io.IOException {
        LabelledSet set = new LabelledSet(seed, series, start, days, step, kinds);
        LabelledFiles.Summary written = LabelledFiles.write(set, out, !plain);
        spec.commandLine()
                .getOut()
                .printf(
                        "Wrote %d series with %d points and %d labelled anomalies to %s.%n",
                        series, written.points(), written.labels(), out);
        return 0;
    }
}

package dev.vedette.cli;

import dev.vedette.simulation.Injection;
import dev.vedette.simulation.LabelledSet;
import dev.vedette.simulation.SimulatedSeries;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Writes a labelled set as files: {@code typed/NNN_baseline.csv[.gz]}, {@code labels.csv}. */
final class LabelledFiles {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /** The folder that evaluations look for series with types in. */
    private static final String TYPED = "typed";

    private static final MathContext DIGITS = new MathContext(9);

    private LabelledFiles() {}

    /**
     * What was written.
     *
     * @param points how many points, without the missing ones
     * @param labels how many anomalies
     */
    record Summary(long points, int labels) {}

    /**
     * Writes the set into the folder, which is made if needed; files of the same names are
     * replaced.
     */
    static Summary write(LabelledSet set, Path folder, boolean gzip) throws IOException {
        Path typed = Files.createDirectories(folder.resolve(TYPED));
        long points = 0;
        int labels = 0;
        try (Writer truth = Files.newBufferedWriter(folder.resolve("labels.csv"))) {
            truth.write("series,start,end,kind,type,severity\n");
            for (SimulatedSeries series : set.all()) {
                Path file = typed.resolve(series.name() + (gzip ? ".csv.gz" : ".csv"));
                try (Writer out = open(file, gzip)) {
                    points += writePoints(set, series, out);
                }
                for (Injection injection : series.injections()) {
                    truth.write(label(series, injection));
                    labels++;
                }
            }
        }
        return new Summary(points, labels);
    }

    private static Writer open(Path file, boolean gzip) throws IOException {
        OutputStream bytes = Files.newOutputStream(file);
        return new BufferedWriter(
                new OutputStreamWriter(
                        gzip ? new GZIPOutputStream(bytes, 1 << 16) : bytes,
                        StandardCharsets.UTF_8));
    }

    private static long writePoints(LabelledSet set, SimulatedSeries series, Writer out)
            throws IOException {
        out.write("timestamp,value,label,type\n");
        long points = 0;
        for (int i = 0; i < set.points(); i++) {
            long at = set.epochMillis(i);
            double value = series.valueAt(at);
            // No point is no row: a reader must cope with the gap, as with a real one.
            if (Double.isFinite(value)) {
                Optional<Injection> injection = series.injectionAt(at);
                out.write(time(at));
                out.write(',');
                out.write(number(value));
                out.write(injection.map(it -> ",1," + it.kind().type()).orElse(",0,normal"));
                out.write('\n');
                points++;
            }
        }
        return points;
    }

    private static String label(SimulatedSeries series, Injection injection) {
        return String.join(
                        ",",
                        series.name(),
                        time(injection.fromMillis()),
                        time(injection.toMillis()),
                        injection.kind().label(),
                        injection.kind().type(),
                        injection.severity().label())
                + "\n";
    }

    private static String time(long epochMillis) {
        return TIME.format(Instant.ofEpochMilli(epochMillis));
    }

    private static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
    }
}

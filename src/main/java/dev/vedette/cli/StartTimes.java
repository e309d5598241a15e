package dev.vedette.cli;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * When each part of this process's start was done, in seconds since the JVM began. The database is
 * opened while the classes are initialized, so that the parts do not add up.
 */
final class StartTimes {
    /** A part of the start, in the order they usually end. */
    enum Part {
        /** The JVM runs the command. */
        COMMAND,
        /** What Quarkus does before it asks for any setting of a running service. */
        INITIALIZED,
        /** The database answers. */
        DATABASE,
        /** The database has this version's schema. */
        MIGRATED,
        /** The service listens. */
        LISTENING,
        /** The probe of readiness is content. */
        READY;

        private String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final String PREFIX = "start ";
    private static final Map<Part, Double> DONE = new EnumMap<>(Part.class);

    private StartTimes() {}

    /** Notes that a part is done now. */
    static void done(Part part) {
        long begun = ManagementFactory.getRuntimeMXBean().getStartTime();
        synchronized (DONE) {
            DONE.put(part, (System.currentTimeMillis() - begun) / 1000.0);
        }
    }

    /** Prints the parts that are done, a line each, as {@link #read} reads them. */
    static void print(PrintStream out) {
        synchronized (DONE) {
            DONE.forEach((part, seconds) ->
                    out.printf(Locale.ROOT, "%s%s %.3f%n", PREFIX, part.key(), seconds));
        }
    }

    /**
     * A part and its seconds of a line that {@link #print} printed; empty when it is another line.
     */
    static Optional<Map.Entry<Part, Double>> read(String line) {
        String[] words = line.split(" ", -1);
        if (!line.startsWith(PREFIX) || words.length != 3) {
            return Optional.empty();
        }
        for (Part part : Part.values()) {
            if (part.key().equals(words[1])) {
                return Optional.of(Map.entry(part, Double.parseDouble(words[2])));
            }
        }
        return Optional.empty();
    }
}

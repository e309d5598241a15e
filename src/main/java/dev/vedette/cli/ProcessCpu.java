package dev.vedette.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/** CPU time, in steps of 10 ms, and memory of processes as Linux counts them in {@code /proc}. */
final class ProcessCpu {
    private static final double TICKS_PER_SECOND = 100;
    private static final Path PROC = Path.of("/proc");

    // places after the command's closing bracket in /proc/PID/stat, see proc(5)
    private static final int PARENT = 1;
    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int ENDED_CHILDREN_USER = 13;
    private static final int ENDED_CHILDREN_SYSTEM = 14;

    private ProcessCpu() {}

    /** CPU seconds of that process alone. */
    static double of(long pid) throws IOException {
        String[] fields = stat(PROC.resolve(Long.toString(pid)));
        return ticks(fields, USER, SYSTEM) / TICKS_PER_SECOND;
    }

    /** CPU seconds of those threads of that process that are alive and have such a name. */
    static double ofThreads(long pid, Predicate<String> name) throws IOException {
        double ticks = 0;
        try (DirectoryStream<Path> threads =
                Files.newDirectoryStream(PROC.resolve(pid + "/task"), "[0-9]*")) {
            for (Path thread : threads) {
                ticks += threadTicks(thread, name);
            }
        }
        return ticks / TICKS_PER_SECOND;
    }

    private static double threadTicks(Path thread, Predicate<String> name) {
        try {
            return name.test(Files.readString(thread.resolve("comm")).strip())
                    ? ticks(stat(thread), USER, SYSTEM)
                    : 0;
        } catch (IOException e) {
            return 0; // ended meanwhile
        }
    }

    /** CPU seconds of that process and its children, those that ended included. */
    static double ofFamily(long pid) throws IOException {
        double ticks =
                ticks(
                        stat(PROC.resolve(Long.toString(pid))),
                        USER,
                        SYSTEM,
                        ENDED_CHILDREN_USER,
                        ENDED_CHILDREN_SYSTEM);
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                ticks += childTicks(process, pid);
            }
        }
        return ticks / TICKS_PER_SECOND;
    }

    /** The most memory of that process that was resident at a time, in bytes ({@code VmHWM}). */
    static long peakRss(long pid) throws IOException {
        for (String line : Files.readAllLines(PROC.resolve(pid + "/status"))) {
            if (line.startsWith("VmHWM:")) {
                return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IOException("process " + pid + " does not say how much memory it has");
    }

    /** CPU seconds of everything on the machine, over all processors. */
    static double ofMachine() throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(PROC.resolve("stat"))) {
            // "cpu  user nice system idle iowait irq softirq steal …", see proc(5)
            String[] fields = lines.readLine().split(" +", -1);
            return ticks(fields, 1, 2, 3, 6, 7, 8) / TICKS_PER_SECOND;
        }
    }

    private static double childTicks(Path process, long parent) {
        try {
            String[] fields = stat(process);
            boolean child = Long.parseLong(fields[PARENT]) == parent;
            return child ? ticks(fields, USER, SYSTEM) : 0;
        } catch (IOException e) {
            return 0; // ended meanwhile: its time is in the parent's
        }
    }

    private static String[] stat(Path process) throws IOException {
        String line = Files.readString(process.resolve("stat"));
        return line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    }

    private static double ticks(String[] fields, int... places) {
        double sum = 0;
        for (int place : places) {
            sum += Double.parseDouble(fields[place]);
        }
        return sum;
    }
}

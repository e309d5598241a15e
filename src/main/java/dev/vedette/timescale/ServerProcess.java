package dev.vedette.timescale;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The process of an embedded server, and the commands about it. */
final class ServerProcess {
    private static final long STOP_SECONDS = 30;
    private static final int LOG_TAIL = 2_000;

    private ServerProcess() {}

    /** The server that runs on that cluster. */
    static Optional<ProcessHandle> of(Path cluster) {
        try {
            String first = Files.readAllLines(cluster.resolve("postmaster.pid")).getFirst();
            return ProcessHandle.of(Long.parseLong(first.strip()))
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> runsOn(process, cluster));
        } catch (IOException | RuntimeException e) {
            // No file, or a half-written one: no server.
            return Optional.empty();
        }
    }

    // A process id may have been given to somebody else meanwhile.
    private static boolean runsOn(ProcessHandle process, Path cluster) {
        try {
            String line =
                    Files.readString(
                            Path.of("/proc", Long.toString(process.pid()), "cmdline"),
                            StandardCharsets.UTF_8);
            return line.contains(cluster.toString());
        } catch (IOException e) {
            return true;
        }
    }

    /**
     * Stops a server left behind by a process that was killed, and removes the file that would keep
     * the next one from starting.
     */
    static void removeLeftovers(Path cluster) throws IOException {
        Optional<ProcessHandle> left = of(cluster);
        if (left.isPresent()) {
            stop(left.get());
        }
        Files.deleteIfExists(cluster.resolve("postmaster.pid"));
    }

    private static void stop(ProcessHandle server) throws IOException {
        try {
            // SIGTERM would wait for clients to leave; SIGINT is the fast way to a clean stop.
            new ProcessBuilder("kill", "-INT", Long.toString(server.pid())).start().waitFor();
            server.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while stopping the old server", e);
        } catch (java.util.concurrent.TimeoutException e) {
            // Its write-ahead log makes this safe.
            server.destroyForcibly();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IOException("cannot stop the old server", e);
        }
    }

    /**
     * Runs one of the server's programs to its end.
     *
     * @throws IOException when it fails; the message holds the end of what it and the server said
     */
    static void execute(Path log, String... command) throws IOException {
        List<String> whole = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            // PostgreSQL refuses to run as root; in a user namespace without a mapping the same
            // user goes by another number and still owns its files.
            whole.addAll(List.of("unshare", "-U"));
        }
        whole.addAll(List.of(command));
        Path output = Files.createTempFile("vedette", ".out");
        try {
            Process process =
                    new ProcessBuilder(whole)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            if (process.waitFor() != 0) {
                throw new IOException(
                        Path.of(command[0]).getFileName()
                                + " failed: "
                                + Files.readString(output).strip()
                                + tail(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static String tail(Path log) throws IOException {
        if (!Files.exists(log)) {
            return "";
        }
        String text = Files.readString(log);
        return "\n" + log + ":\n" + text.substring(Math.max(0, text.length() - LOG_TAIL)).strip();
    }
}

package dev.vedette.cli;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The JVM this process runs on, with its options and this package, to be started once more. */
final class ThisJvm {
    private ThisJvm() {}

    /**
     * What starts it.
     *
     * @param options of the JVM, beside those of this one
     * @param words the command of Vedette
     */
    static List<String> command(List<String> options, String... words) {
        List<String> command = new ArrayList<>();
        command.add(
                ProcessHandle.current()
                        .info()
                        .command()
                        .orElse(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(options);
        command.add("-jar");
        command.add(System.getProperty("java.class.path"));
        command.addAll(List.of(words));
        return command;
    }
}

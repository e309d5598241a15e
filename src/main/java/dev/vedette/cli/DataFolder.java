package dev.vedette.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that says where {@code vedette start} keeps its database, keys and address. */
final class DataFolder {
    @Option(
            names = "--data",
            defaultValue = "${env:VEDETTE_DATA:-data}",
            description =
                    "Data folder of `vedette start`: its database, keys and address. Default:"
                            + " ./${DEFAULT-VALUE}.")
    private Path path = Path.of("data");

    /** As it was said. */
    Path path() {
        return path;
    }
}

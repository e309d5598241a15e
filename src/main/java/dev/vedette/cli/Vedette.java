package dev.vedette.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The one entry point of the application. */
@QuarkusMain
public final class Vedette {
    private Vedette() {}

    /** Runs the command the arguments name. */
    public static void main(String[] args) {
        Quarkus.run(args);
    }
}

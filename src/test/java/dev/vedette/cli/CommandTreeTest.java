package dev.vedette.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import picocli.CommandLine;

final class CommandTreeTest {
    private final StringWriter errors = new StringWriter();

    @Test
    void everyCommandSaysWhatItIsFor() {
        assertEveryCommandIsDescribed(Vedette.commandLine());
    }

    @Test
    void unknownCommandIsNotUnderstood() {
        assertEquals(2, run("fly"));
        assertTrue(errors.toString().contains("'fly'"), errors.toString());
    }

    @Test
    @DisabledIfEnvironmentVariable(named = "VEDETTE_DATABASE_URL", matches = ".+")
    void migrateWithoutDatabaseSaysHowToNameOne() {
        assertEquals(1, run("migrate"));
        assertTrue(
                errors.toString().contains("VEDETTE_DATABASE_URL is not set"), errors.toString());
    }

    private int run(String... arguments) {
        return Vedette.commandLine().setErr(new PrintWriter(errors, true)).execute(arguments);
    }

    private static void assertEveryCommandIsDescribed(CommandLine command) {
        String[] description = command.getCommandSpec().usageMessage().description();
        assertTrue(description.length > 0, command.getCommandName() + " has no description");
        command.getSubcommands().values().forEach(CommandTreeTest::assertEveryCommandIsDescribed);
    }
}

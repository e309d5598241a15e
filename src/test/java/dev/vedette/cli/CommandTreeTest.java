package dev.vedette.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

    @ParameterizedTest
    @ValueSource(strings = {"start", "serve"})
    void whatIsWaitedForIsToldWithoutTheOthersAsItIsWithThem(String awaited) {
        CommandLine alone = Vedette.commandLine(awaited);
        assertEquals(Set.of(awaited), alone.getSubcommands().keySet());
        assertEquals(usage(Vedette.commandLine(), awaited), usage(alone, awaited));
        StringWriter said = new StringWriter();
        assertEquals(2, alone.setErr(new PrintWriter(said, true)).execute(awaited, "--fly"));
        assertTrue(said.toString().contains("'--fly'"), said.toString());
    }

    private static String usage(CommandLine tree, String command) {
        return Objects.requireNonNull(tree.getSubcommands().get(command)).getUsageMessage();
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

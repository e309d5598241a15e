package dev.vedette.cli;

import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The one entry point of the application: a tree of commands. Only {@code serve} and {@code start}
 * start Quarkus.
 */
@QuarkusMain
@Command(
        name = Vedette.NAME,
        description =
                "A sentry for metrics and money: stores, scores and explains what is strange.",
        mixinStandardHelpOptions = true,
        versionProvider = Vedette.Version.class,
        subcommands = {
            StartCommand.class,
            ServeCommand.class,
            ScoreCommand.class,
            ScoreTransactionsCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            SimulateCommand.class,
            ImportCommand.class,
            MigrateCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            ReplayCommand.class,
            SmokeCommand.class,
            TokenCommand.class,
            BenchCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {
            "",
            "From a checkout, ./vedette test runs everything a contributor must pass,",
            "and ./vedette build only builds; with --no-aot without the cache of later starts."
        })
public final class Vedette implements Runnable {
    static final String NAME = "vedette";

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    private Vedette(CommandLine.Model.CommandSpec spec) {
        this.spec = spec;
    }

    private Vedette() {
        this(CommandLine.Model.CommandSpec.create());
    }

    /**
     * Runs the command the arguments name and exits with its code: 0 done, 1 failed, 2 not
     * understood.
     */
    public static void main(String[] args) {
        // Libraries that log before Quarkus set its levels have nothing to say to a person at a
        // terminal.
        Logger.getLogger("").setLevel(Level.WARNING);
        System.exit(commandLine(args).execute(args));
    }

    /**
     * The command tree, ready to execute these arguments. Somebody waits for a start, and to
     * describe all the other commands takes a fifth of a second of it: then they are left out.
     */
    static CommandLine commandLine(String... args) {
        return switch (args.length == 0 ? "" : args[0]) {
            case StartCommand.NAME -> commandLine(StartCommand.NAME, new StartCommand());
            case ServeCommand.NAME -> commandLine(ServeCommand.NAME, new ServeCommand());
            default -> executable(new CommandLine(new Vedette()));
        };
    }

    private static CommandLine commandLine(String name, Object only) {
        return executable(
                new CommandLine(
                        CommandLine.Model.CommandSpec.create()
                                .name(NAME)
                                .addSubcommand(name, new CommandLine(only))));
    }

    private static CommandLine executable(CommandLine tree) {
        return tree.setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Vedette::explain);
    }

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }

    // A person at a terminal wants the reason and the remedy; the stack trace is there for who asks
    // for it.
    private static int explain(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        String reason = e.getMessage() == null ? e.toString() : e.getMessage();
        command.getErr().println("vedette " + command.getCommandName() + ": " + reason);
        if (System.getenv("VEDETTE_DEBUG") != null) {
            e.printStackTrace(command.getErr());
        }
        return 1;
    }

    /** The version of the packaged application. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Vedette.class.getPackage().getImplementationVersion();
            return new String[] {"vedette " + (version == null ? "(development)" : version)};
        }
    }
}

package dev.vedette.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The benchmarks. Each prints a table and, with {@code --json FILE}, writes the same as flat JSON.
 */
@Command(
        name = "bench",
        description = "Measures the service on this machine, beside raw limits of the same run.",
        mixinStandardHelpOptions = true,
        subcommands = {
            BenchIngestCommand.class,
            BenchStorageCommand.class,
            BenchDashboardCommand.class,
            BenchDetectorCommand.class,
            BenchFleetCommand.class,
            BenchIsolationCommand.class,
            BenchModelsCommand.class,
            BenchTransactionsCommand.class,
            BenchAlertingCommand.class,
            BenchStartCommand.class
        })
final class BenchCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}

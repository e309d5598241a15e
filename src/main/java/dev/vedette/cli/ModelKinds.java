package dev.vedette.cli;

import dev.vedette.transaction.model.ModelKind;
import java.util.List;
import picocli.CommandLine;

/** Models as people name them on a command line. */
final class ModelKinds {
    private ModelKinds() {}

    /**
     * The models of those names.
     *
     * @throws CommandLine.ParameterException when there is none of a name; the message lists all
     */
    static List<ModelKind> of(List<String> ids, CommandLine.Model.CommandSpec spec) {
        return ids.stream().map(id -> of(id, spec)).toList();
    }

    private static ModelKind of(String id, CommandLine.Model.CommandSpec spec) {
        List<String> all = List.of(ModelKind.values()).stream().map(ModelKind::id).toList();
        return ModelKind.find(id)
                .orElseThrow(() ->
                        new CommandLine.ParameterException(
                                spec.commandLine(), "there is no model '" + id + "', only " + all));
    }
}

package dev.vedette.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command the documents tell people to type is one, with options that exist. */
final class DocumentedCommandsTest {
    private static final Pattern FENCE = Pattern.compile("(?ms)^```(?:sh|bash)\\n(.*?)^```");
    private static final Pattern COMMAND =
            Pattern.compile("(?:^(?:[A-Z_]+=\\S+ )*(?:\\./)?|[(]\\./)vedette ([a-z].*)");

    /** Of the script, not of the program. */
    private static final Set<String> SCRIPT = Set.of("test", "build", "jdk", "help");

    static List<String> commands() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(Path.of("README.md")));
        try (Stream<Path> files = Files.walk(Path.of("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
        }
        List<String> commands = new ArrayList<>();
        for (Path document : documents) {
            FENCE.matcher(Files.readString(document))
                    .results()
                    .flatMap(fence -> fence.group(1).replace("\\\n", " ").lines())
                    .map(line -> line.replaceFirst("(^|\\s)#.*", ""))
                    .flatMap(line -> COMMAND.matcher(line).results().map(m -> m.group(1)))
                    .forEach(commands::add);
        }
        return commands.stream().distinct().toList();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void documentedCommandIsUnderstood(String line) {
        List<String> words =
                Arrays.stream(
                                line.replaceAll("\\$\\([^)]*\\)", "x")
                                        .replaceFirst("\\s*[|>&;)].*", "")
                                        .strip()
                                        .split("\\s+"))
                        .map(word -> word.replaceAll("^['\"]|['\"]$", ""))
                        .toList();
        if (!SCRIPT.contains(words.getFirst())) {
            assertDoesNotThrow(
                    () -> Vedette.commandLine().parseArgs(words.toArray(String[]::new)), line);
        }
    }

    @Test
    void documentsHaveCommands() throws IOException {
        assertTrue(commands().size() > 10);
    }
}

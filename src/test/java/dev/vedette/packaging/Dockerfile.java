package dev.vedette.packaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The instructions of a Dockerfile, in order.
 *
 * @param instructions with line continuations joined, without comments
 */
record Dockerfile(List<Instruction> instructions) {
    /**
     * One instruction.
     *
     * @param name in upper case
     * @param arguments the rest of it, as written
     */
    record Instruction(String name, String arguments) {
        /** The arguments in exec form; fails when they are in shell form. */
        List<String> exec() {
            try {
                return List.of(new JsonMapper().readValue(arguments, String[].class));
            } catch (JsonProcessingException e) {
                throw new AssertionError(name + " is not in exec form: " + arguments, e);
            }
        }
    }

    static Dockerfile read(Path file) throws IOException {
        String joined =
                Files.readString(file)
                        .replaceAll("(?m)^\\s*#.*\\R", "")
                        .replaceAll("\\\\\\R\\s*", " ");
        return new Dockerfile(
                joined.lines()
                        .filter(line -> !line.isBlank())
                        .map(line -> line.strip().split("\\s+", 2))
                        .map(w -> new Instruction(w[0].toUpperCase(Locale.ROOT), w[1]))
                        .toList());
    }

    /** The command that tells whether a container is well. */
    List<String> healthCheck() {
        String[] parts = only("HEALTHCHECK").arguments().split(" CMD ", 2);
        return new Instruction("CMD", parts[1]).exec();
    }

    /** All instructions of that name. */
    List<Instruction> all(String name) {
        return instructions.stream().filter(i -> i.name().equals(name)).toList();
    }

    /** The only instruction of that name. */
    Instruction only(String name) {
        List<Instruction> found = all(name);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " instructions " + name);
        }
        return found.getFirst();
    }
}

package dev.vedette.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Terraform module, as far as it can be looked at without its providers. */
final class TerraformModuleTest {
    private static final Path FOLDER = Path.of("helm", "terraform");
    private static final Pattern VARIABLE =
            Pattern.compile("(?ms)^variable \"(\\w+)\" \\{\\n(.*?)^\\}");

    @Test
    void everyVariableIsDescribedTypedUsedAndInTheReadme() throws IOException {
        String readme = Files.readString(FOLDER.resolve("README.md"));
        Set<String> used = found("var\\.(\\w+)");
        Set<String> declared = new TreeSet<>();
        VARIABLE.matcher(Files.readString(FOLDER.resolve("variables.tf")))
                .results()
                .forEach(variable -> {
                    String name = variable.group(1);
                    declared.add(name);
                    assertTrue(variable.group(2).contains("  description = \""), name);
                    assertTrue(variable.group(2).contains("  type "), name);
                    assertTrue(readme.contains("`" + name + "`"), name);
                });
        assertEquals(declared, used);
    }

    @Test
    void everyResourceReferredToIsMade() throws IOException {
        Set<String> made = found("(?m)^resource \"(\\w+\" \"\\w+)\"");
        Set<String> referred =
                found("[^.\\w\"]((?:aws|kubernetes|helm|random|tls)_\\w+\\.\\w+)").stream()
                        .map(name -> name.replace(".", "\" \""))
                        .collect(Collectors.toCollection(TreeSet::new));
        referred.removeAll(made);
        assertEquals(Set.of(), referred);
    }

    @Test
    void nothingIsOpenToTheWorldAndNothingStoredIsPlain() throws IOException {
        String all = all();
        assertFalse(
                Pattern.compile("(?s)ingress \\{[^}]*0\\.0\\.0\\.0/0").matcher(all).find(),
                "an ingress from anywhere");
        assertFalse(all.contains("publicly_accessible = true"));
        assertTrue(Pattern.compile("storage_encrypted\\s+= true").matcher(all).find());
        assertTrue(all.contains("rds.force_ssl"));
    }

    private static Set<String> found(String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(all())
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String all() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".tf")).sorted().toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }
}

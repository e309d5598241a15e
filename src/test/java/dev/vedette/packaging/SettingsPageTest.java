package dev.vedette.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/configuration.md says what the code says. */
final class SettingsPageTest {
    private static final Path PAGE = Path.of("docs", "configuration.md");
    private static final String BEGIN = "<!-- generated from the sources: begin -->\n";
    private static final String END = "<!-- generated from the sources: end -->\n";

    @Test
    void pageTellsEverySettingOfTheSources() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        String wanted =
                page.substring(0, begin)
                        + SettingsPage.of(Path.of("src", "main", "java"))
                        + page.substring(page.indexOf(END));
        if (Boolean.getBoolean("vedette.docs.write")) {
            Files.writeString(PAGE, wanted);
            return;
        }
        assertEquals(
                wanted,
                page,
                """
                docs/configuration.md is stale. Regenerate it and commit:
                  mvn test -Dtest=SettingsPageTest -Dvedette.docs.write=true
                """);
    }

    @Test
    void pageNamesEveryVariableTheServiceAndItsScriptRead() throws IOException {
        String page = Files.readString(PAGE);
        for (String variable : variables()) {
            assertTrue(
                    page.contains("`" + variable + "`"),
                    variable + " is read, but docs/configuration.md does not name it");
        }
    }

    private static Set<String> variables() throws IOException {
        Pattern name = Pattern.compile("VEDETTE_[A-Z][A-Z_]*[A-Z]");
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src", "main"))) {
            for (Path file : Stream.concat(files, Stream.of(Path.of("vedette"))).toList()) {
                if (Files.isRegularFile(file) && !file.startsWith("src/main/docker")) {
                    name.matcher(Files.readString(file))
                            .results()
                            .forEach(m -> names.add(m.group()));
                }
            }
        }
        return names;
    }
}

package dev.vedette.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents: no link leads nowhere, every page is found, every setting named is one. */
final class DocsTest {
    private static final Path CONTENTS = Path.of("docs", "README.md");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern SETTING = Pattern.compile("`(VEDETTE_[A-Z0-9_]+)[`=]");

    static List<Path> documents() throws IOException {
        List<Path> documents =
                new ArrayList<>(
                        List.of(
                                Path.of("README.md"),
                                Path.of("migrations", "README.md"),
                                Path.of("helm", "terraform", "README.md"),
                                HelmChart.FOLDER.resolve("README.md")));
        try (Stream<Path> files = Files.walk(Path.of("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
        }
        return documents;
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsSomewhere(Path document) throws IOException {
        for (String link : links(document)) {
            if (!link.matches("[a-z]+://.*|mailto:.*")) {
                String[] parts = link.split("#", 2);
                Path target =
                        parts[0].isEmpty()
                                ? document
                                : Path.of(".")
                                        .resolve(document.resolveSibling(parts[0]))
                                        .normalize();
                assertTrue(Files.exists(target), () -> document + " -> " + link);
                if (parts.length == 2) {
                    assertTrue(anchors(target).contains(parts[1]), () -> document + " -> " + link);
                }
            }
        }
    }

    @Test
    void everyPageIsInTheContents() throws IOException {
        Set<Path> listed = new HashSet<>();
        for (String link : links(CONTENTS)) {
            listed.add(CONTENTS.resolveSibling(link.replaceFirst("#.*", "")).normalize());
        }
        List<Path> missing =
                documents().stream()
                        .filter(page -> !listed.contains(page) && !page.equals(CONTENTS))
                        .toList();
        assertEquals(List.of(), missing);
        assertTrue(links(Path.of("README.md")).contains("docs/README.md"));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everySettingNamedIsOne(Path document) throws IOException {
        String settings = Files.readString(Path.of("docs", "configuration.md"));
        Set<String> unknown = new TreeSet<>();
        SETTING.matcher(Files.readString(document))
                .results()
                .map(found -> found.group(1))
                // those of the tests are told where tests are
                .filter(name -> !name.startsWith("VEDETTE_TEST_"))
                // VEDETTE_KAFKA_TOPICS_<NAME>_TOPIC and the like are told with a placeholder
                .filter(name -> !settings.contains("`" + name) && !isTemplate(name, settings))
                .forEach(unknown::add);
        assertEquals(Set.of(), unknown, document.toString());
    }

    private static boolean isTemplate(String name, String settings) {
        return Pattern.compile("`(VEDETTE_[A-Z0-9_]*)_*<[^>]+>_*([A-Z0-9_]*)`")
                .matcher(settings)
                .results()
                .anyMatch(t -> name.startsWith(t.group(1)) && name.endsWith(t.group(2)));
    }

    private static List<String> links(Path document) throws IOException {
        // what stands between code fences is no link
        String text =
                Files.readString(document)
                        .replaceAll("(?s)```.*?```", "")
                        .replaceAll("`[^`\n]*`", "");
        return LINK.matcher(text).results().map(found -> found.group(1)).toList();
    }

    // as GitHub makes them of headings
    private static Set<String> anchors(Path document) throws IOException {
        Set<String> anchors = new HashSet<>();
        for (String line : Files.readAllLines(document)) {
            if (line.startsWith("#")) {
                anchors.add(
                        line.replaceFirst("#+ ", "")
                                .toLowerCase(Locale.ROOT)
                                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                                .replace(' ', '-'));
            }
        }
        return anchors;
    }
}

package dev.vedette.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The chart of this repository, rendered by Helm's own library. */
final class HelmChart {
    /** Where it lies, seen from the root of the repository. */
    static final Path FOLDER = Path.of("helm", "vedette");

    /** The annotation of hooks in what {@link #render} answers. */
    static final String HOOK = "was-hook";

    private static final YAMLMapper YAML = new YAMLMapper();

    private final Path copy;

    /**
     * A copy whose hooks are ordinary objects, as rendering would leave them out.
     *
     * @param folder empty, for the copy
     */
    HelmChart(Path folder) {
        copy = folder;
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.toList()) {
                Path target = copy.resolve(FOLDER.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.writeString(
                            target, Files.readString(file).replace("helm.sh/hook:", HOOK + ":"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The objects of a release named {@code prod} with those values, hooks and tests included.
     *
     * @param values files of values, the last one wins; none means the defaults
     * @throws IllegalStateException when Helm refuses; its message says why
     */
    List<JsonNode> render(Path... values) {
        var template =
                new Helm(copy)
                        .template()
                        .withName("prod")
                        .withNamespace("vedette")
                        .withKubeVersion("1.30.0");
        for (Path file : values) {
            template.withValuesFile(file);
        }
        return documents(template.call());
    }

    /** The three value sets that come with the chart. */
    static Stream<Path> valueSets() {
        return Stream.of("dev", "staging", "prod")
                .map(name -> FOLDER.resolve("ci").resolve(name + "-values.yaml"));
    }

    /** The objects of that kind. */
    static List<JsonNode> ofKind(List<JsonNode> objects, String kind) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .toList();
    }

    /** The pod specifications in those objects, whatever runs them. */
    static List<JsonNode> podSpecs(List<JsonNode> objects) {
        return objects.stream()
                .map(object ->
                        switch (object.path("kind").asText()) {
                            case "Pod" -> object.path("spec");
                            case "CronJob" -> object.at("/spec/jobTemplate/spec/template/spec");
                            default -> object.at("/spec/template/spec");
                        })
                .filter(spec -> spec.has("containers"))
                .toList();
    }

    /** The documents of a YAML text; empty ones are left out. */
    static List<JsonNode> documents(String yaml) {
        try (MappingIterator<JsonNode> found = YAML.readerFor(JsonNode.class).readValues(yaml)) {
            List<JsonNode> documents = new ArrayList<>();
            while (found.hasNext()) {
                JsonNode document = found.next();
                if (document.isObject()) {
                    documents.add(document);
                }
            }
            return documents;
        } catch (IOException e) {
            throw new IllegalStateException("not YAML: %s: %s".formatted(e.getMessage(), yaml), e);
        }
    }
}

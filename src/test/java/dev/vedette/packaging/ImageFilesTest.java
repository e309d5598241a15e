package dev.vedette.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vedette.cli.Vedette;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import picocli.CommandLine.Command;

/** The rules the image files keep; no engine runs them here. */
final class ImageFilesTest {
    private static final String READS = "-XX:AOTCache=";
    private static final String WRITES = "-XX:AOTCacheOutput=";
    private static final Path FOLDER = Path.of("src", "main", "docker");

    /**
     * With a tag of at least major and minor version; of which registry is the builder's to say.
     */
    private static final Pattern PINNED =
            Pattern.compile(
                    "(\\$\\{[A-Z_]+}/)?[a-z0-9_-]+(/[a-z0-9._-]+)?:v?\\d+\\.\\d+[\\w.-]*(@sha256:.+)?");

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.native", "merlion/Dockerfile"})
    void baseIsPinned(String file) throws IOException {
        Set<String> stages = new HashSet<>();
        for (String from : lines(read(file), "FROM")) {
            String[] words = from.split(" AS ", 2);
            assertTrue(stages.contains(words[0]) || PINNED.matcher(words[0]).matches(), from);
            stages.add(words[words.length - 1]);
        }
        assertFalse(stages.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.native", "merlion/Dockerfile"})
    void runsAsANumberThatIsNotRoot(String file) throws IOException {
        String user = read(file).only("USER").arguments();
        assertTrue(user.matches("[1-9]\\d+:[1-9]\\d+"), user);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.native"})
    void servesUnlessToldOtherwise(String file) throws IOException {
        Dockerfile image = read(file);
        assertFalse(image.only("ENTRYPOINT").exec().isEmpty());
        assertEquals(List.of("serve"), image.only("CMD").exec());
        assertTrue(commands().contains("serve"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.native"})
    void carriesNoSecretAndFetchesNothing(String file) throws IOException {
        Dockerfile image = read(file);
        assertEquals(List.of(), image.all("ADD"));
        assertTrue(Set.of(List.of(), List.of("QUARKUS_REGISTRY")).contains(lines(image, "ARG")));
        for (String line : lines(image, "ENV")) {
            assertFalse(line.matches(".*(PASSWORD|SECRET|SIGNING_KEY|DATABASE_URL).*"), line);
        }
        for (String line : lines(image, "RUN")) {
            assertFalse(line.matches(".*\\b(curl|wget|apt-get|microdnf|pip)\\b.*"), line);
        }
        for (String line : lines(image, "COPY")) {
            String source = line.replaceFirst("^--chmod=\\d+ ", "");
            assertTrue(source.matches("(target/|--from=(runtime|trained) ).*"), line);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.native"})
    void healthIsAskedByTheShellAlone(String file) throws IOException {
        List<String> check = read(file).healthCheck();
        assertEquals(List.of("/bin/bash", "-c"), check.subList(0, 2));
        assertTrue(check.getLast().contains("/q/health/ready"), check::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.native"})
    void labelsNameTheVersionOfTheProject(String file) throws IOException {
        String label = read(file).only("LABEL").arguments();
        for (String name : List.of("title", "description", "licenses")) {
            assertTrue(label.contains("org.opencontainers.image." + name + "="), name);
        }
        assertTrue(label.contains("image.version=\"" + projectVersion() + "\""), label);
    }

    @Test
    void chartAndComposeNameTheVersionOfTheProject() throws IOException {
        assertTrue(
                Files.readString(HelmChart.FOLDER.resolve("Chart.yaml"))
                        .lines()
                        .anyMatch(("appVersion: " + projectVersion())::equals));
        assertEquals(
                "vedette:" + projectVersion(), compose().at("/services/vedette/image").asText());
    }

    @Test
    void jvmIsStartedAsTheEntryScriptStartsIt() throws IOException {
        List<String> entry = read("Dockerfile.jvm").only("ENTRYPOINT").exec();
        Matcher script =
                Pattern.compile("exec \"\\$JAVA_HOME/bin/java\" (--.*?) \\\\\\R")
                        .matcher(Files.readString(Path.of("vedette")));
        assertTrue(script.find());
        assertTrue(entry.containsAll(List.of(script.group(1).split(" "))), entry::toString);
        assertTrue(entry.getLast().endsWith("/quarkus-run.jar"));
    }

    @Test
    void cacheIsWrittenByTheJvmThatReadsIt() throws IOException {
        Dockerfile image = read("Dockerfile.jvm");
        List<String> reads = image.only("ENTRYPOINT").exec();
        List<String> writes = image.all("RUN").getLast().exec();
        String copied = image.all("COPY").getLast().arguments();

        String cache = reads.stream().filter(w -> w.startsWith(READS)).findFirst().orElseThrow();
        String written =
                writes.stream().filter(w -> w.startsWith(WRITES)).findFirst().orElseThrow();
        assertEquals(
                "--from=trained %s %s"
                        .formatted(
                                written.substring(WRITES.length()),
                                cache.substring(READS.length())),
                copied);
        List<String> same = new ArrayList<>(reads);
        same.set(reads.indexOf(cache), written);
        // what the JVM has against a part of its cache would stand among the output of a command
        assertTrue(same.remove("-Xlog:aot*=off"));
        assertEquals(same, writes.subList(0, same.size()));
    }

    @Test
    void onlyWhatIsCopiedIsSentToTheEngine() throws IOException {
        List<String> kept =
                Files.readAllLines(Path.of(".dockerignore")).stream()
                        .filter(line -> !line.startsWith("#"))
                        .toList();
        assertEquals(List.of("*", "!target/quarkus-app", "!target/*-runner"), kept);
    }

    @Test
    void composeServicesArePinnedBoundAndHeldShort() throws IOException {
        JsonNode services = compose().path("services");
        assertEquals(6, services.size());
        services.propertyStream()
                .forEach(service -> {
                    String name = service.getKey();
                    JsonNode it = service.getValue();
                    String image = it.path("image").asText();
                    assertTrue(it.has("build") || PINNED.matcher(image).matches(), image);
                    it.path("ports").forEach(p -> assertTrue(p.asText().startsWith("127.0.0.1:")));
                    if (!name.equals("timescaledb")) {
                        assertTrue(it.path("read_only").asBoolean(), name);
                        assertEquals("[\"ALL\"]", it.path("cap_drop").toString(), name);
                        assertEquals(
                                "[\"no-new-privileges:true\"]",
                                it.path("security_opt").toString(),
                                name);
                    }
                });
    }

    @Test
    void composeNamesOnlyWhatIsThere() throws IOException {
        JsonNode compose = compose();
        Set<String> commands = commands();
        for (JsonNode service : compose.path("services")) {
            service.path("depends_on")
                    .fieldNames()
                    .forEachRemaining(name -> assertTrue(compose.path("services").has(name), name));
            for (JsonNode volume : service.path("volumes")) {
                String source = volume.asText().split(":", 2)[0];
                assertTrue(
                        source.startsWith(".")
                                ? Files.isRegularFile(FOLDER.resolve(source))
                                : compose.path("volumes").has(source),
                        source);
            }
            if (service.has("build")) {
                Path context = FOLDER.resolve(service.at("/build/context").asText());
                String file = service.at("/build/dockerfile").asText();
                assertTrue(Files.isRegularFile(context.resolve(file)), file);
                // Without a command it is the image's own.
                String command = service.at("/command/0").asText();
                assertTrue(command.isEmpty() || commands.contains(command), command);
            }
        }
    }

    @Test
    void composeHoldsNoPassword() throws IOException {
        for (JsonNode service : compose().path("services")) {
            service.path("environment")
                    .propertyStream()
                    .filter(variable -> variable.getKey().matches(".*(PASSWORD|URL|KEY)"))
                    .map(variable -> variable.getValue().asText())
                    .forEach(v ->
                            assertTrue(
                                    v.contains("${VEDETTE_DATABASE_PASSWORD:?")
                                            || v.equals("${VEDETTE_MLFLOW_URL:-}"),
                                    v));
        }
    }

    private static Dockerfile read(String file) throws IOException {
        return Dockerfile.read(FOLDER.resolve(file));
    }

    private static List<String> lines(Dockerfile image, String name) {
        return image.all(name).stream().map(Dockerfile.Instruction::arguments).toList();
    }

    private static JsonNode compose() throws IOException {
        var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        Object content = yaml.load(Files.readString(FOLDER.resolve("compose.yaml")));
        return new JsonMapper().valueToTree(content);
    }

    private static Set<String> commands() {
        Command tree = Vedette.class.getAnnotation(Command.class);
        return Arrays.stream(tree.subcommands())
                .map(command -> command.getAnnotation(Command.class).name())
                .collect(Collectors.toSet());
    }

    private static String projectVersion() throws IOException {
        Matcher version =
                Pattern.compile("<artifactId>vedette</artifactId>\\s*<version>(.+?)</version>")
                        .matcher(Files.readString(Path.of("pom.xml")));
        assertTrue(version.find());
        return version.group(1);
    }
}

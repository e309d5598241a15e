package dev.vedette.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.luben.zstd.Zstd;
import com.google.protobuf.GeneratedMessage;
import dev.cel.expr.Expr;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What a native executable must be told of: classes that native code or protobuf look up by name,
 * and libraries in resources. Quarkus tells of its own extensions, picocli's processor of the
 * commands; the rest is in one file, which this test writes and holds to the class path.
 */
final class NativeMetadataTest {
    private static final Path FILE =
            Path.of(
                    "src/main/resources/META-INF/native-image/dev.vedette/vedette",
                    "reachability-metadata.json");

    private static final String SENDERS =
            "io.opentelemetry.exporter.internal.http.HttpSenderProvider";

    @Test
    void everyClassThatIsLookedUpByNameIsRegistered() throws Exception {
        ObjectNode wanted = new JsonMapper().createObjectNode();
        ArrayNode reflection = wanted.putArray("reflection");
        for (String type : classes(Zstd.class, "com/github/luben/zstd/")) {
            // the C side reads and writes private fields and calls constructors
            accessible(reflection, type).put("jniAccessible", true);
        }
        for (Class<?> library : List.of(Expr.class, GeneratedMessage.class)) {
            for (String type : messages(library)) {
                accessible(reflection, type);
            }
        }
        accessible(
                reflection, "io.opentelemetry.exporter.sender.jdk.internal.JdkHttpSenderProvider");
        ArrayNode resources = wanted.putArray("resources");
        resources.addObject().put("glob", "linux/**/libzstd-jni-*.so");
        // what sends traces is looked for as a service
        resources.addObject().put("glob", "META-INF/services/" + SENDERS);
        resources.addObject().put("glob", "openapi.json");
        String text = new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(wanted);
        if (Boolean.getBoolean("vedette.docs.write")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, text + "\n");
            return;
        }
        assertEquals(
                text + "\n",
                Files.readString(FILE),
                "stale; write it: mvn test -Dtest=NativeMetadataTest -Dvedette.docs.write=true");
    }

    @Test
    void nothingElseOnTheClassPathBringsNativeCodeUnnoticed() throws IOException {
        Set<String> known =
                Set.of(
                        "zstd-jni", // registered here
                        "snappy-java", // by Quarkus, with Kafka
                        "lz4-java", // by Quarkus, with Kafka: the Java side alone is used
                        "jansi", // Flyway's colours, not used without a terminal
                        "onnxruntime", // optional: in no package, so in no executable
                        "byte-buddy-agent", // tests
                        "jazzer", // tests
                        "jna-jpms", // tests: helm-java
                        "linux-amd64", // tests: helm-java
                        "native-linux-x86_64"); // tests: the formatter's runtime
        Set<String> found = new TreeSet<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (entry.endsWith(".jar") && bringsNativeCode(Path.of(entry))) {
                found.add(
                        Path.of(entry)
                                .getFileName()
                                .toString()
                                .replaceFirst("-\\d[\\w.-]*\\.jar$", ""));
            }
        }
        found.removeAll(known);
        assertTrue(found.isEmpty(), () -> "say how they work in a native executable: " + found);
    }

    private static boolean bringsNativeCode(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().anyMatch(entry -> entry.getName().endsWith(".so"));
        }
    }

    private static ObjectNode accessible(ArrayNode reflection, String type) {
        return reflection
                .addObject()
                .put("type", type)
                .put("allDeclaredConstructors", true)
                .put("allDeclaredMethods", true)
                .put("allDeclaredFields", true);
    }

    private static Set<String> messages(Class<?> library) throws Exception {
        Set<String> messages = new TreeSet<>();
        for (String name : classes(library, library.getPackageName().replace('.', '/') + "/")) {
            Class<?> type = Class.forName(name, false, library.getClassLoader());
            if (GeneratedMessage.class.isAssignableFrom(type)
                    || GeneratedMessage.Builder.class.isAssignableFrom(type)) {
                messages.add(name);
            }
        }
        return messages;
    }

    private static Set<String> classes(Class<?> library, String folder)
            throws IOException, URISyntaxException {
        Path jar = Path.of(library.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith(folder) && name.endsWith(".class"))
                    .map(name -> name.substring(0, name.length() - 6).replace('/', '.'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}

package dev.vedette.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.constant.ClassDesc;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The modules of the image's runtime are those that what is packaged refers to. */
final class ImageModulesTest {
    private static final Path PACKAGED = Path.of("target", "quarkus-app");

    /** Referred to by what does not run in the image. */
    private static final Map<String, String> LEFT_OUT =
            Map.of(
                    "java.compiler", "annotation processors",
                    "jdk.compiler", "annotation processors");

    /** In the image though nothing refers to them by a class. */
    private static final Map<String, String> ADDED =
            Map.of(
                    "jdk.jfr", "recordings of a service that runs",
                    "jdk.localedata", "German months and numbers",
                    "jdk.net", "options of sockets",
                    "jdk.zipfs", "JARs as file systems");

    @Test
    void everyModuleThatIsReferredToIsLinked() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(PACKAGED), "not packaged: ./vedette build");
        Map<String, String> modules = modulesByPackage();
        Map<String, String> wanted = new TreeMap<>();
        for (Path jar : jars()) {
            referred(jar)
                    .map(modules::get)
                    .filter(module -> module != null && !LEFT_OUT.containsKey(module))
                    .forEach(module -> wanted.putIfAbsent(module, jar.getFileName().toString()));
        }
        Set<String> linked = linked();
        linked.removeAll(ADDED.keySet());
        assertEquals(linked, wanted.keySet(), wanted::toString);
    }

    private static Set<String> linked() throws IOException {
        List<String> jlink =
                Dockerfile.read(Path.of("src", "main", "docker", "Dockerfile.jvm"))
                        .all("RUN")
                        .getFirst()
                        .exec();
        return new TreeSet<>(
                Arrays.asList(jlink.get(jlink.indexOf("--add-modules") + 1).split(",", -1)));
    }

    private static Map<String, String> modulesByPackage() {
        Map<String, String> modules = new HashMap<>();
        ModuleFinder.ofSystem()
                .findAll()
                .forEach(one -> {
                    ModuleDescriptor module = one.descriptor();
                    module.packages().forEach(name -> modules.put(name, module.name()));
                });
        return modules;
    }

    private static List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.walk(PACKAGED)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }

    /** Packages of the classes that classes of a JAR name. */
    private static Stream<String> referred(Path jar) throws IOException {
        try (FileSystem inside = FileSystems.newFileSystem(jar);
                Stream<Path> files = Files.walk(inside.getPath("/"))) {
            return files
                    .filter(file -> file.toString().endsWith(".class"))
                    // what a later JDK or a module descriptor adds
                    .filter(file -> !file.toString().startsWith("/META-INF/"))
                    .map(ImageModulesTest::packages)
                    .flatMap(Set::stream)
                    .collect(Collectors.toSet())
                    .stream();
        }
    }

    private static Set<String> packages(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            ClassModel model = ClassFile.of().parse(in.readAllBytes());
            Set<String> packages = new TreeSet<>();
            model.constantPool()
                    .forEach(entry -> {
                        if (entry instanceof ClassEntry named) {
                            packages.add(element(named.asSymbol()).packageName());
                        }
                    });
            return packages;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClassDesc element(ClassDesc of) {
        ClassDesc element = of;
        while (element.isArray()) {
            element = element.componentType();
        }
        return element;
    }
}

package dev.vedette.packaging;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of the JVM image laid out in a folder, as the Dockerfile says, and run from there: what
 * is tried of an image where there is no container engine. As root it runs as the image's user, who
 * can write nothing of the layout.
 */
final class ImageLayout {
    private static final Pattern VARIABLE = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|(\\S+))");

    /** Of a word that is a path of the image, or an option whose value is one. */
    private static final Pattern PLACE = Pattern.compile("^([^/]*=)?/(opt|tmp)(?=/)");

    /** Where the image has its runtime. */
    private static final String JAVA = "opt/java";

    private final Dockerfile image;
    private final Path root;
    private final Path scratch;

    private ImageLayout(Dockerfile image, Path root, Path scratch) {
        this.image = image;
        this.root = root;
        this.scratch = scratch;
    }

    /**
     * Lays the image out.
     *
     * @param folder empty
     */
    static ImageLayout in(Path folder) throws IOException, InterruptedException {
        Dockerfile image = Dockerfile.read(Path.of("src", "main", "docker", "Dockerfile.jvm"));
        Path root = Files.createDirectories(folder.resolve("root"));
        Path scratch = Files.createDirectories(folder.resolve("tmp"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxrwxrwx"));
        link(image, root.resolve(JAVA));
        for (Dockerfile.Instruction copy : image.all("COPY")) {
            String[] words = copy.arguments().split(" ", -1);
            if (words.length == 2) {
                copy(
                        Path.of(words[0]),
                        root.resolve(words[1].substring(1)),
                        words[1].endsWith("/"));
            }
        }
        return new ImageLayout(image, root, scratch);
    }

    /** Links the runtime of the image from the JDK that runs this. */
    private static void link(Dockerfile image, Path target)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(image.all("RUN").getFirst().exec());
        command.set(0, Path.of(System.getProperty("java.home"), "bin", "jlink").toString());
        command.set(command.indexOf("--output") + 1, target.toString());
        Path output = Files.createTempFile("vedette-jlink-", ".log");
        Process linking =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        if (linking.waitFor() != 0) {
            throw new IOException("no runtime was linked: " + Files.readString(output));
        }
        Files.delete(output);
    }

    /** Bytes of a folder of the image, such as {@code opt/java}. */
    long size(String place) throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve(place))) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    /**
     * Writes the JVM's cache as the image's build does, and copies it to its place. It runs as this
     * process's user: the embedded database needs one with a name.
     *
     * @param output where both streams go
     */
    void train(File output) throws IOException, InterruptedException {
        ProcessBuilder training =
                new ProcessBuilder(placed(image.all("RUN").getLast().exec()))
                        .directory(scratch.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output);
        training.environment().clear();
        environment(training.environment());
        if (training.start().waitFor() != 0) {
            throw new IOException("no cache was written: " + Files.readString(output.toPath()));
        }
        for (Dockerfile.Instruction copy : image.all("COPY")) {
            String[] words = copy.arguments().split(" ", -1);
            if (words[0].equals("--from=trained")) {
                Files.copy(Path.of(place(words[1])), Path.of(place(words[2])));
            }
        }
    }

    private List<String> placed(List<String> command) {
        List<String> words = new ArrayList<>(command.stream().map(this::place).toList());
        words.set(words.indexOf("java"), root.resolve(JAVA).resolve("bin/java").toString());
        return words;
    }

    // a path of the image, also as the value of an option
    private String place(String word) {
        Matcher path = PLACE.matcher(word);
        return path.find()
                ? path.replaceFirst(
                        Matcher.quoteReplacement(
                                (path.group(1) == null ? "" : path.group(1))
                                        + (path.group(2).equals("tmp") ? scratch : root + "/opt")))
                : word;
    }

    private void environment(Map<String, String> variables) {
        for (Dockerfile.Instruction env : image.all("ENV")) {
            Matcher variable = VARIABLE.matcher(env.arguments());
            while (variable.find()) {
                String value = variable.group(2) == null ? variable.group(3) : variable.group(2);
                variables.put(variable.group(1), value);
            }
        }
        variables.merge("JDK_JAVA_OPTIONS", tmp(), (a, b) -> a + " " + b);
    }

    private static void copy(Path source, Path target, boolean intoFolder) throws IOException {
        if (Files.isRegularFile(source)) {
            Path file = intoFolder ? target.resolve(source.getFileName()) : target;
            Files.createDirectories(file.getParent());
            Files.copy(source, file);
            return;
        }
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copied = target.resolve(source.relativize(file).toString());
                Files.createDirectories(copied.getParent());
                Files.copy(file, copied);
            }
        }
    }

    /**
     * Starts a container, so to speak.
     *
     * @param environment beside what the image sets
     * @param output where both streams go
     * @param command in place of the image's own; none means that one
     */
    Process start(Map<String, String> environment, File output, String... command)
            throws IOException {
        List<String> words = new ArrayList<>();
        if (isRoot()) {
            String[] user = image.only("USER").arguments().split(":", 2);
            words.addAll(
                    List.of("setpriv", "--reuid", user[0], "--regid", user[1], "--clear-groups"));
        }
        words.addAll(placed(image.only("ENTRYPOINT").exec()));
        words.addAll(command.length == 0 ? image.only("CMD").exec() : List.of(command));
        ProcessBuilder process = new ProcessBuilder(words).directory(scratch.toFile());
        process.environment().clear();
        environment(process.environment());
        process.environment().putAll(environment);
        return process.redirectErrorStream(true).redirectOutput(output).start();
    }

    /**
     * Asks whether a container is well, as an engine does within it.
     *
     * @param environment of that container, beside what the image sets
     */
    boolean isHealthy(Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder check = new ProcessBuilder(image.healthCheck());
        check.environment().clear();
        environment(check.environment());
        check.environment().putAll(environment);
        return check.start().waitFor() == 0;
    }

    // The image has a /tmp of its own.
    private String tmp() {
        return "-Djava.io.tmpdir=" + scratch;
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root")
                && Files.isExecutable(Path.of("/usr/bin/setpriv"));
    }
}

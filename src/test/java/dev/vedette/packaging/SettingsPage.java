package dev.vedette.packaging;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * The settings of the service, as the sources of its {@code @ConfigMapping} interfaces tell them.
 */
final class SettingsPage {
    /** A setting of the same interface. */
    private static final Pattern SIBLING = Pattern.compile("\\{@link #(\\w+)\\(\\)}");

    private final DocTrees docs;
    private final CompilationUnitTree unit;
    private final Map<String, ClassTree> nested = new HashMap<>();
    private final Map<String, SettingsPage> shared;
    private final List<String> rows = new ArrayList<>();

    // shared: groups that have a file of their own, since several mappings hold them
    private SettingsPage(
            DocTrees docs, CompilationUnitTree unit, Map<String, SettingsPage> shared) {
        this.docs = docs;
        this.unit = unit;
        this.shared = shared;
    }

    /**
     * One section per interface, by prefix, as Markdown.
     *
     * @param sources root of the sources
     */
    static String of(Path sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
                Stream<Path> all = Files.walk(sources)) {
            List<Path> mappings = new ArrayList<>();
            for (Path file : all.filter(f -> f.toString().endsWith(".java")).toList()) {
                if (Files.readString(file).contains("@ConfigMapping(")
                        || file.endsWith("ClaimsConfig.java")) {
                    mappings.add(file);
                }
            }
            var task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    files,
                                    null,
                                    List.of("-proc:none"),
                                    null,
                                    files.getJavaFileObjectsFromPaths(mappings));
            DocTrees docs = DocTrees.instance(task);
            Map<String, String> sections = new TreeMap<>();
            List<SettingsPage> pages = new ArrayList<>();
            Map<String, SettingsPage> shared = new HashMap<>();
            for (CompilationUnitTree unit : task.parse()) {
                SettingsPage page = new SettingsPage(docs, unit, shared);
                page.share();
                pages.add(page);
            }
            pages.forEach(page -> page.addTo(sections));
            return String.join(System.lineSeparator(), sections.values());
        }
    }

    private void share() {
        for (Tree type : unit.getTypeDecls()) {
            if (type instanceof ClassTree group
                    && annotation(group.getModifiers().getAnnotations(), "ConfigMapping")
                            .isEmpty()) {
                nested.put(group.getSimpleName().toString(), group);
                shared.put(group.getSimpleName().toString(), this);
            }
        }
    }

    private List<String> rowsOf(String group, String prefix) {
        rows.clear();
        addRows(prefix, nested.get(group), "");
        return List.copyOf(rows);
    }

    private void addTo(Map<String, String> sections) {
        for (Tree type : unit.getTypeDecls()) {
            if (type instanceof ClassTree mapping) {
                annotation(mapping.getModifiers().getAnnotations(), "ConfigMapping")
                        .flatMap(a -> argument(a, "prefix"))
                        .ifPresent(prefix -> sections.put(prefix, section(prefix, mapping)));
            }
        }
    }

    private String section(String prefix, ClassTree mapping) {
        collectNested(mapping);
        addRows(prefix, mapping, "");
        return "## `"
                + prefix
                + "`\n\n"
                + docOf(mapping, prefix)
                + "\n\n| setting | environment variable | default | meaning |\n|---|---|---|---|\n"
                + String.join("", rows);
    }

    private void collectNested(ClassTree type) {
        for (Tree member : type.getMembers()) {
            if (member instanceof ClassTree inner && inner.getKind() == Tree.Kind.INTERFACE) {
                nested.put(inner.getSimpleName().toString(), inner);
                collectNested(inner);
            }
        }
    }

    private void addRows(String prefix, ClassTree type, String condition) {
        for (Tree member : type.getMembers()) {
            if (member instanceof MethodTree method && method.getReturnType() != null) {
                addRow(prefix, method, condition);
            }
        }
    }

    private void addRow(String prefix, MethodTree method, String condition) {
        var annotations = method.getModifiers().getAnnotations();
        String name =
                annotation(annotations, "WithName")
                        .flatMap(a -> argument(a, "value"))
                        .orElseGet(() -> kebab(method.getName().toString()));
        boolean folded = annotation(annotations, "WithParentName").isPresent();
        String key = folded ? prefix : prefix + "." + name;
        String type = method.getReturnType().toString();
        String inner = type.replaceFirst("^Optional<(.*)>$", "$1");
        if (nested.containsKey(inner)) {
            String when = inner.equals(type) ? condition : "when `" + key + "` is set";
            addRows(key, nested.get(inner), when);
        } else if (shared.containsKey(type)) {
            rows.addAll(shared.get(type).rowsOf(type, key));
        } else if (type.startsWith("Map<")) {
            String value = type.replaceFirst("^Map<.*,\\s*(.*)>$", "$1");
            if (nested.containsKey(value)) {
                addRows(key + ".<name>", nested.get(value), condition);
            } else {
                rows.add(row(key + ".<name>", "", docOf(method, prefix)));
            }
        } else {
            String standard =
                    annotation(annotations, "WithDefault")
                            .flatMap(a -> argument(a, "value"))
                            .map(value -> value.isEmpty() ? "(empty)" : "`" + value + "`")
                            .orElseGet(() -> type.startsWith("Optional") ? "absent" : "required");
            String shown =
                    standard.equals("required") && !condition.isEmpty()
                            ? "required " + condition
                            : standard;
            rows.add(row(key, shown, docOf(method, prefix) + range(annotations)));
        }
    }

    private static String row(String key, String standard, String meaning) {
        String variable = key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9<>]", "_");
        return "| `%s` | `%s` | %s | %s |\n"
                .formatted(key, variable, standard, meaning.replace("|", "\\|"));
    }

    private static String range(List<? extends AnnotationTree> annotations) {
        Optional<String> min = annotation(annotations, "Min").flatMap(a -> argument(a, "value"));
        Optional<String> max = annotation(annotations, "Max").flatMap(a -> argument(a, "value"));
        if (min.isPresent() && max.isPresent()) {
            return " From " + min.get() + " to " + max.get() + ".";
        }
        return min.map(m -> " At least " + m + ".")
                .or(() -> max.map(m -> " At most " + m + "."))
                .orElse("");
    }

    private String docOf(Tree tree, String prefix) {
        var doc = docs.getDocCommentTree(TreePath.getPath(unit, tree));
        if (doc == null || doc.getFullBody().isEmpty()) {
            throw new AssertionError("no Javadoc: " + prefix + " " + tree);
        }
        StringBuilder text = new StringBuilder();
        doc.getFullBody().forEach(text::append);
        return SIBLING.matcher(text)
                .replaceAll(sibling -> "{@code " + kebab(sibling.group(1)) + "}")
                .replaceAll("\\{@link [\\w.]*?(\\w+)}", "{@code $1}")
                .replaceAll("\\{@code ([^}]*)}", "`$1`")
                .replaceAll("\\s*<p>\\s*|\\s+", " ")
                .strip();
    }

    private static Optional<AnnotationTree> annotation(
            List<? extends AnnotationTree> annotations, String name) {
        return annotations.stream()
                .filter(a -> a.getAnnotationType().toString().equals(name))
                .<AnnotationTree>map(a -> a)
                .findFirst();
    }

    private static Optional<String> argument(AnnotationTree annotation, String name) {
        for (ExpressionTree argument : annotation.getArguments()) {
            if (argument instanceof AssignmentTree set) {
                if (set.getVariable().toString().equals(name)) {
                    return Optional.of(text(set.getExpression()));
                }
            } else if (name.equals("value")) {
                return Optional.of(text(argument));
            }
        }
        return Optional.empty();
    }

    private static String text(ExpressionTree expression) {
        return expression instanceof LiteralTree literal
                ? String.valueOf(literal.getValue())
                : expression.toString();
    }

    private static String kebab(String camel) {
        return camel.replaceAll("(?<=[a-z0-9])([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}

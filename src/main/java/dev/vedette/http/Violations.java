package dev.vedette.http;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Turns violations of bean validation into those of a problem. */
final class Violations {
    private Violations() {}

    /** Whether the caller can mend it; a broken rule of an answer is the service's fault. */
    static boolean areTheCallers(ConstraintViolationException e) {
        return e.getConstraintViolations().stream()
                .flatMap(violation -> nodes(violation.getPropertyPath()).stream())
                .noneMatch(node -> node.getKind() == ElementKind.RETURN_VALUE);
    }

    /** The violations by pointer. */
    static List<Problem.Violation> of(ConstraintViolationException e) {
        return e.getConstraintViolations().stream()
                .map(Violations::of)
                .sorted(Comparator.comparing(Problem.Violation::pointer))
                .toList();
    }

    private static Problem.Violation of(ConstraintViolation<?> violation) {
        String pointer = pointer(violation.getPropertyPath());
        String name = pointer.substring(Math.max(pointer.lastIndexOf('/'), 0));
        String rule =
                violation
                        .getConstraintDescriptor()
                        .getAnnotation()
                        .annotationType()
                        .getSimpleName();
        return new Problem.Violation(
                pointer,
                snakeCase(rule),
                name.replaceFirst("^[/?]", "") + " " + violation.getMessage(),
                "send a value that fits the rule");
    }

    // a method's path is method.parameter[.property]*: a parameter alone is of the query
    private static String pointer(Path path) {
        List<Path.Node> nodes = nodes(path);
        List<String> properties = new ArrayList<>();
        String parameter = "";
        for (Path.Node node : nodes) {
            switch (node.getKind()) {
                case PROPERTY -> {
                    if (node.getIndex() != null) {
                        properties.add(String.valueOf(node.getIndex()));
                    }
                    properties.add(snakeCase(node.getName()));
                }
                case PARAMETER -> parameter = snakeCase(node.getName());
                default -> {}
            }
        }
        return properties.isEmpty() ? "?" + parameter : "/" + String.join("/", properties);
    }

    private static List<Path.Node> nodes(Path path) {
        List<Path.Node> nodes = new ArrayList<>();
        path.forEach(nodes::add);
        return nodes;
    }

    private static String snakeCase(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}

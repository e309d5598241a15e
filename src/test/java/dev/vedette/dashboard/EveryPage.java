package dev.vedette.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The pages there are, read from the routes of the code, so that a new one cannot be forgotten. */
final class EveryPage {
    // A stream, a redirect and files.
    private static final Set<String> NO_PAGES =
            Set.of(
                    "/live",
                    "/jump",
                    "/exports/points.csv",
                    "/exports/series.csv",
                    "/exports/anomalies.csv",
                    "/exports/incidents.csv",
                    "/exports/ranking.csv");

    private EveryPage() {}

    /** The routes of pages, as the code has them: {@code /series/{id}}. */
    static Set<String> routes() {
        Set<String> routes = new TreeSet<>();
        for (JavaClass one :
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.vedette.dashboard")) {
            if (one.isAnnotatedWith(Path.class)) {
                Stream.of(one.reflect().getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(GET.class))
                        .map(method -> route(one.reflect(), method))
                        .forEach(routes::add);
            }
        }
        routes.removeAll(NO_PAGES);
        return routes;
    }

    private static String route(Class<?> resource, Method method) {
        Path own = method.getAnnotation(Path.class);
        String base = resource.getAnnotation(Path.class).value();
        return Stream.of((base + "/" + (own == null ? "" : own.value())).split("/", -1))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("/", "/", ""));
    }

    /** The routes that need nothing to be there. */
    static List<String> plain() {
        return routes().stream().filter(route -> !route.contains("{")).toList();
    }

    /**
     * A path for each route.
     *
     * @param page somebody who may see all of them, signed in
     */
    static List<String> paths(Page page, DashboardWorld world) {
        Map<String, String> samples =
                Map.of(
                        "/nodes/{cluster}/{node}", "/nodes/prod-eu/" + DashboardWorld.SICK,
                        "/anomalies/{id}", "/anomalies/" + world.open().getFirst().id(),
                        "/series/{id}", first(page, "/explore"),
                        "/incidents/{id}", first(page, "/incidents"),
                        "/transactions/{id}", payment(page));
        List<String> paths = new ArrayList<>();
        for (String route : routes()) {
            String path = route.contains("{") ? samples.getOrDefault(route, "") : route;
            assertEquals(true, !path.isEmpty(), "no sample for " + route);
            paths.add(path);
        }
        return paths;
    }

    private static String first(Page page, String list) {
        page.navigate(list);
        return page.getAttribute("tbody a[data-row] >> nth=0", "href");
    }

    private static String payment(Page page) {
        assertEquals(
                200,
                Browser.send(
                        page,
                        "/api/v1/transactions?decide=true",
                        "application/json",
                        """
                        {"transactions":[{"transaction_id":"seen","account_id":"a","amount":10,
                            "currency":"EUR","time":%d}]}\
                        """
                                .formatted(System.currentTimeMillis())));
        return "/transactions/seen";
    }
}

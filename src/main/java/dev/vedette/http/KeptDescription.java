package dev.vedette.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.arc.profile.IfBuildProfile;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The API's description in the package: {@code docs/openapi.json}, which a test holds equal to what
 * is made of the code. Quarkus would read, check and write the one it makes, of 360 kB, at every
 * start, before anything listens, which takes a quarter of a second; so the package has none of
 * that (application.properties), and this one is read when somebody asks. Thread-safe.
 */
@ApplicationScoped
@IfBuildProfile("prod")
class KeptDescription {
    private static final String PATH = "/q/openapi";
    private static final String RESOURCE = "/openapi.json";
    private static final String JSON = "application/json";
    private static final String YAML = "application/yaml;charset=UTF-8";

    private volatile @Nullable Buffer yaml;

    void routes(@Observes Router router) {
        for (String end : new String[] {"", ".json", ".yaml", ".yml"}) {
            router.route(PATH + end)
                    .method(HttpMethod.GET)
                    .method(HttpMethod.HEAD)
                    .order(Integer.MIN_VALUE + 1)
                    .handler(this::answer);
        }
    }

    private void answer(RoutingContext context) {
        boolean isJson = wantsJson(context);
        // it is no secret, and editors in browsers come from anywhere
        context.response()
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                .putHeader(HttpHeaders.CONTENT_TYPE, isJson ? JSON : YAML);
        context.vertx()
                .executeBlocking(isJson ? KeptDescription::json : this::yaml, false)
                .onSuccess(context::end)
                .onFailure(context::fail);
    }

    private static boolean wantsJson(RoutingContext context) {
        String path = context.normalizedPath();
        String format = context.request().getParam("format");
        String accept = context.request().getHeader(HttpHeaders.ACCEPT);
        if (path.length() > PATH.length()) {
            return path.endsWith(".json");
        }
        return format == null
                ? accept != null && accept.contains(JSON)
                : format.toLowerCase(Locale.ROOT).equals("json");
    }

    private static Buffer json() {
        try (InputStream kept = KeptDescription.class.getResourceAsStream(RESOURCE)) {
            if (kept == null) {
                throw new IllegalStateException("the package has no " + RESOURCE);
            }
            return Buffer.buffer(kept.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Buffer yaml() throws IOException {
        Buffer made = yaml;
        if (made == null) {
            made =
                    Buffer.buffer(
                            new YAMLMapper()
                                    .writeValueAsBytes(
                                            new ObjectMapper().readTree(json().getBytes())));
            yaml = made;
        }
        return made;
    }
}

package dev.vedette.dashboard;

import io.quarkus.qute.Engine;
import io.quarkus.qute.EngineBuilder;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.TemplateLocator;
import io.quarkus.qute.UserTagSectionHelper;
import io.quarkus.qute.ValueResolvers;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Renders the templates of {@code ui/templates} without a server. */
final class TemplateEngine {
    private static final Path TEMPLATES = Path.of("ui/templates");

    private static final List<Messages> MESSAGES =
            Messages.INTERFACES.stream().map(bundle -> new Messages(bundle, "en")).toList();

    private TemplateEngine() {}

    static Engine create() {
        EngineBuilder engine =
                Engine.builder()
                        .addDefaults()
                        .addValueResolver(new ReflectionValueResolver())
                        .addValueResolver(ValueResolvers.rawResolver())
                        .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
                        .addLocator(TemplateEngine::located);
        MESSAGES.forEach(bundle -> engine.addNamespaceResolver(bundle.resolver()));
        try (Stream<Path> tags = Files.list(TEMPLATES.resolve("tags"))) {
            tags.map(tag -> tag.getFileName().toString().replace(".html", ""))
                    .map(name -> new UserTagSectionHelper.Factory(name, "tags/" + name))
                    .forEach(engine::addSectionHelper);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return engine.build();
    }

    private static Optional<TemplateLocator.TemplateLocation> located(String id) {
        Path file = TEMPLATES.resolve(id.endsWith(".html") ? id : id + ".html");
        return Files.exists(file) ? Optional.of(new Located(file)) : Optional.empty();
    }

    private record Located(Path file) implements TemplateLocator.TemplateLocation {
        @Override
        public Reader read() {
            try {
                return Files.newBufferedReader(file, StandardCharsets.UTF_8);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        @Override
        public Optional<Variant> getVariant() {
            return Optional.of(Variant.forContentType(Variant.TEXT_HTML));
        }
    }
}

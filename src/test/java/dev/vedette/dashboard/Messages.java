package dev.vedette.dashboard;

import io.quarkus.qute.Engine;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.NamespaceResolver;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.i18n.MessageBundle;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * A message bundle of templates as its file has it, without a server.
 *
 * @param bundle the interface
 * @param language the tag of the language
 */
record Messages(Class<?> bundle, String language) {
    /** All bundles of templates. */
    static final List<Class<?>> INTERFACES =
            List.of(
                    CommonTexts.class,
                    WatchTexts.class,
                    PaymentTexts.class,
                    AlertTexts.class,
                    AdminTexts.class);

    private static final Path FOLDER = Path.of("ui/messages");
    private static final Engine ENGINE = Engine.builder().addDefaults().build();

    /** The name of the bundle in templates. */
    String name() {
        return bundle.getAnnotation(MessageBundle.class).value();
    }

    /** Its texts by their keys. */
    Properties texts() {
        return read(name() + "_" + language);
    }

    /** The texts of that file. */
    static Properties read(String file) {
        Properties texts = new Properties();
        try (Reader reader =
                Files.newBufferedReader(
                        FOLDER.resolve(file + ".properties"), StandardCharsets.UTF_8)) {
            texts.load(reader);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return texts;
    }

    /** What makes its texts known to templates. */
    NamespaceResolver resolver() {
        Properties texts = texts();
        return NamespaceResolver.builder(name())
                .resolveAsync(context -> say(texts, context))
                .build();
    }

    private CompletionStage<Object> say(Properties texts, EvalContext context) {
        Method method =
                Stream.of(bundle.getDeclaredMethods())
                        .filter(one -> one.getName().equals(context.getName()))
                        .findFirst()
                        .orElseThrow();
        TemplateInstance text = ENGINE.parse(texts.getProperty(context.getName())).instance();
        CompletableFuture<?>[] filled = new CompletableFuture<?>[method.getParameterCount()];
        for (int i = 0; i < filled.length; i++) {
            String parameter = method.getParameters()[i].getName();
            filled[i] =
                    context.evaluate(context.getParams().get(i))
                            .thenAccept(value -> text.data(parameter, value))
                            .toCompletableFuture();
        }
        return CompletableFuture.allOf(filled).thenApply(all -> text.render());
    }
}

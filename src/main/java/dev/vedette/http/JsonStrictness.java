package dev.vedette.http;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the API reads JSON: names in snake_case, and nothing unknown, doubled, trailing, missing,
 * null in a list or silently converted. A record component that may be missing is an {@code
 * Optional}.
 *
 * <p>A {@code tenant_id} that no record asks for is held against the credential's tenant instead of
 * being refused as unknown.
 */
@Singleton
class JsonStrictness implements ObjectMapperCustomizer {
    private final Provider<CurrentCaller> caller;

    JsonStrictness(Provider<CurrentCaller> caller) {
        this.caller = caller;
    }

    @Override
    @SuppressWarnings("deprecation") // the replacements exist on the builder only
    public void customize(ObjectMapper json) {
        json.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
        json.enable(
                DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS);
        json.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
        json.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS);
        json.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());
        // not the mapper's default, as Vert.x reads the database's documents with the same mapper
        for (Class<?> type : List.of(List.class, Set.class, Optional.class)) {
            json.configOverride(type).setSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL));
        }
        json.addHandler(new NamedTenant());
        json.registerModule(
                new SimpleModule("storable").addDeserializer(String.class, new StorableText()));
    }

    /** Refuses U+0000, which PostgreSQL stores in no text. */
    private static final class StorableText extends StdScalarDeserializer<String> {
        private static final long serialVersionUID = 1;

        StorableText() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
            String text = StringDeserializer.instance.deserialize(parser, context);
            if (text != null && text.indexOf('\0') >= 0) {
                String rule = "text must not hold U+0000";
                throw ValueInstantiationException.from(
                        parser,
                        rule,
                        context.constructType(String.class),
                        new IllegalArgumentException(rule));
            }
            return text;
        }
    }

    private final class NamedTenant extends DeserializationProblemHandler {
        @Override
        public boolean handleUnknownProperty(
                DeserializationContext context,
                JsonParser parser,
                @Nullable JsonDeserializer<?> deserializer,
                Object target,
                String name)
                throws IOException {
            if (!name.equals("tenant_id")) {
                return false;
            }
            caller.get().requireTenant(String.valueOf(parser.getValueAsString()));
            parser.skipChildren();
            return true;
        }
    }
}

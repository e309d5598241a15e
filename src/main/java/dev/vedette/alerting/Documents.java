package dev.vedette.alerting;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.vedette.http.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Writes and reads the documents of settings: the forms of the API, in JSON. */
@RegisterForReflection(
        targets = {
            RouteForm.class,
            RouteForm.EscalationForm.class,
            RouteForm.QuietForm.class,
            SilenceForm.class,
            ChannelForm.class
        })
final class Documents {
    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .addModule(new Jdk8Module())
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();

    private Documents() {}

    /** The document of a form. */
    static String write(Object form) {
        try {
            return JSON.writeValueAsString(form);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a form is always JSON", e);
        }
    }

    /** The form of a document that {@link #write} made. */
    static <T> T read(String document, Class<T> form) {
        try {
            return JSON.readValue(document, form);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored document is not a " + form, e);
        }
    }

    /** Refuses a field of a form. */
    static ProblemException refuse(String pointer, String detail, String fix) {
        return ProblemException.invalid(pointer, "invalid_value", detail, fix);
    }

    /** A whole number within a range. */
    static long within(String pointer, long value, long least, long most) {
        if (value < least || value > most) {
            throw ProblemException.invalid(
                    pointer,
                    "out_of_range",
                    pointer.substring(1) + " must be " + least + " to " + most + ", is " + value,
                    "send a whole number from " + least + " to " + most);
        }
        return value;
    }

    /** What reading gives; what it refuses is refused at that place. */
    static <T> T at(String pointer, String fix, java.util.function.Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            throw refuse(pointer, String.valueOf(e.getMessage()), fix);
        }
    }
}

package dev.vedette.detection.backfill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidator;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Settings that cannot work end the start, all of them named at once. */
final class RescoringConfigTest {
    @Test
    void nothingIsJudgedAgainUnlessItIsNamed() {
        RescoringConfig config = config(Map.of());
        assertTrue(config.selections().isEmpty());
        assertEquals(Duration.ofDays(1), config.every());
        assertEquals(Duration.ofDays(7), config.range());
    }

    @Test
    void tenantsClustersAndNodesAreTaken() {
        RescoringConfig config =
                config(Map.of("vedette.rescoring.selections", "acme,acme/eu-1, acme/eu-1/n 7"));
        assertEquals(3, config.selections().orElse(List.of()).size());
    }

    @Test
    void everythingThatIsWrongIsNamedAtOnce() {
        var refusal =
                assertThrows(
                        ConfigValidationException.class,
                        () ->
                                config(
                                        Map.of(
                                                "vedette.rescoring.selections",
                                                "acme/eu-1/n1/cpu",
                                                "vedette.rescoring.every",
                                                "PT0S",
                                                "vedette.rescoring.range",
                                                "PT20000H",
                                                "vedette.rescoring.engine",
                                                "no engine")));
        String said =
                IntStream.range(0, refusal.getProblemCount())
                        .mapToObj(i -> refusal.getProblem(i).getMessage())
                        .collect(Collectors.joining("\n"));
        assertEquals(4, refusal.getProblemCount(), said);
        for (String name : List.of("selections", "every", "range", "engine")) {
            assertTrue(said.contains("vedette.rescoring." + name), said);
        }
    }

    private static RescoringConfig config(Map<String, String> settings) {
        try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
            Validator validator = factory.getValidator();
            BeanValidationConfigValidator check = () -> validator;
            return new SmallRyeConfigBuilder()
                    .withMapping(RescoringConfig.class)
                    .withDefaultValues(settings)
                    .withValidator(check)
                    .build()
                    .getConfigMapping(RescoringConfig.class);
        }
    }
}

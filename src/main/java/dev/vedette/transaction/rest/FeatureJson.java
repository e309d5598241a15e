package dev.vedette.transaction.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vedette.http.ApiTime;
import dev.vedette.http.Problem;
import dev.vedette.http.ProblemException;
import dev.vedette.http.TimeFormat;
import dev.vedette.transaction.feature.FeatureFunction;
import dev.vedette.transaction.feature.FeatureSet;
import dev.vedette.transaction.feature.FeatureSpec;
import dev.vedette.transaction.feature.FeatureWindow;
import dev.vedette.transaction.intake.TransactionSchema;
import dev.vedette.transaction.scoring.FeatureDeclarations;
import dev.vedette.transaction.scoring.FeatureStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Declarations of features as JSON. */
final class FeatureJson {
    /** Fields of every transaction that can name an entity. */
    private static final Set<String> FIELDS =
            new TreeSet<>(Set.of("account", "merchant", "country", "channel", "currency"));

    private static final int MOST_SAID = 64;

    private FeatureJson() {}

    /** A declaration. */
    @Schema(name = "TransactionFeature")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Declared(
            @Schema(examples = "devices_24h") Optional<String> name,
            @Schema(examples = "distinct", description = "see docs/transactions.md")
                    Optional<String> function,
            @Schema(
                            examples = "account",
                            description =
                                    "account, merchant, country, channel, currency or an attribute")
                    Optional<String> entity,
            @Schema(examples = "24h", description = "5m, 1h, 24h, 7d or 30d")
                    Optional<String> window,
            @Schema(examples = "device", description = "the other field it looks at")
                    Optional<String> of,
            @Schema(
                            description =
                                    "whether a large value is strange: models look at those; false if"
                                            + " left out")
                    Optional<Boolean> judged) {
        static Declared of(FeatureSpec spec) {
            return new Declared(
                    Optional.of(spec.name()),
                    Optional.of(spec.function().id()),
                    Optional.ofNullable(spec.entity()),
                    Optional.ofNullable(spec.window()).map(FeatureWindow::id),
                    Optional.ofNullable(spec.of()),
                    Optional.of(spec.judged()));
        }

        /** The declaration; empty when something is wrong, which is added to the faults. */
        Optional<FeatureSpec> read(
                String at, TransactionSchema schema, List<Problem.Violation> faults) {
            int before = faults.size();
            Optional<FeatureFunction> does = function.flatMap(FeatureFunction::find);
            if (does.isEmpty()) {
                faults.add(unknown(at + "/function", "function", functions()));
            }
            Optional<FeatureWindow> over = window.flatMap(FeatureWindow::find);
            if (window.isPresent() && over.isEmpty()) {
                faults.add(unknown(at + "/window", "window", windows()));
            }
            entity.ifPresent(field -> known(at + "/entity", field, schema, faults));
            of.ifPresent(field -> known(at + "/of", field, schema, faults));
            if (faults.size() > before) {
                return Optional.empty();
            }
            try {
                return Optional.of(
                        new FeatureSpec(
                                name.orElse(""),
                                does.orElseThrow(),
                                entity.orElse(null),
                                over.orElse(null),
                                of.orElse(null),
                                judged.orElse(false)));
            } catch (IllegalArgumentException e) {
                faults.add(invalid(at, e));
                return Optional.empty();
            }
        }

        // Other attributes may come where the schema allows them; where not, it names them all.
        private static void known(
                String at, String field, TransactionSchema schema, List<Problem.Violation> faults) {
            boolean isKnown =
                    FIELDS.contains(field)
                            || schema.attributes().containsKey(field)
                            || schema.otherAttributes();
            if (!isKnown) {
                Set<String> all = new TreeSet<>(FIELDS);
                all.addAll(schema.attributes().keySet());
                faults.add(unknown(at, "field", String.join(", ", all)));
            }
        }

        private static String functions() {
            return Arrays.stream(FeatureFunction.values())
                    .map(FeatureFunction::id)
                    .collect(Collectors.joining(", "));
        }

        private static String windows() {
            return Arrays.stream(FeatureWindow.values())
                    .map(FeatureWindow::id)
                    .collect(Collectors.joining(", "));
        }

        private static Problem.Violation unknown(String at, String what, String all) {
            return new Problem.Violation(
                    at, "unknown_" + what, "there is no such " + what, "send one of " + all);
        }
    }

    private static Problem.Violation invalid(String at, IllegalArgumentException e) {
        return new Problem.Violation(
                at,
                "invalid_feature",
                String.valueOf(e.getMessage()),
                "send such as {\"name\":\"count_1h\",\"function\":\"count\",\"entity\":\"account\","
                        + "\"window\":\"1h\"}");
    }

    /** Declarations as they are sent. */
    @Schema(name = "WrittenTransactionFeatures")
    record Posted(Optional<List<Declared>> features) {
        FeatureSet read(TransactionSchema schema) {
            List<Declared> wanted = features.orElse(List.of());
            if (wanted.isEmpty() || wanted.size() > FeatureSet.MOST) {
                throw ProblemException.invalid(
                        "/features",
                        "features_out_of_range",
                        "has " + wanted.size() + " of them",
                        "send 1 to " + FeatureSet.MOST);
            }
            List<Problem.Violation> faults = new ArrayList<>();
            List<FeatureSpec> specs = new ArrayList<>();
            for (int i = 0; i < wanted.size() && faults.size() < MOST_SAID; i++) {
                wanted.get(i).read("/features/" + i, schema, faults).ifPresent(specs::add);
            }
            if (!faults.isEmpty()) {
                throw ProblemException.invalid(faults);
            }
            try {
                return new FeatureSet(specs);
            } catch (IllegalArgumentException e) {
                throw ProblemException.invalid(List.of(invalid("/features", e)));
            }
        }
    }

    /**
     * Stored declarations.
     *
     * @param version 0 for the standard ones
     */
    @Schema(name = "TransactionFeatures")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Stored(
            int version,
            List<Declared> features,
            Optional<String> author,
            Optional<ApiTime> createdAt) {
        static Stored of(FeatureStore.Stored stored, TimeFormat format) {
            return of(
                    stored.declared(),
                    Optional.of(stored.author()),
                    Optional.of(new ApiTime(stored.at(), format)));
        }

        static Stored standard() {
            return of(FeatureDeclarations.STANDARD, Optional.empty(), Optional.empty());
        }

        private static Stored of(
                FeatureDeclarations declared,
                Optional<String> author,
                Optional<ApiTime> createdAt) {
            return new Stored(
                    declared.version(),
                    declared.set().specs().stream().map(Declared::of).toList(),
                    author,
                    createdAt);
        }
    }
}

package dev.vedette.transaction.rest;

import dev.vedette.detection.rest.Choices;
import dev.vedette.http.ProblemException;
import dev.vedette.transaction.decision.ModelSource;
import dev.vedette.transaction.feature.FeatureSet;
import dev.vedette.transaction.model.BroughtModel;
import dev.vedette.transaction.training.BroughtFile;
import java.util.Arrays;
import java.util.List;

/** Reads what is said of a model's file when it is brought, in a query or in a form. */
public final class BroughtFiles {
    private static final int LONGEST_NAME = 200;

    private BroughtFiles() {}

    private enum Format {
        VEDETTE,
        ONNX
    }

    private enum Stranger {
        HIGH,
        LOW
    }

    /**
     * The file as what it was said to be. Fails with {@link
     * dev.vedette.http.ProblemKind#INVALID_REQUEST}.
     *
     * @param file handed over
     * @param format {@code vedette} or {@code onnx}
     * @param features of an ONNX model: names in the order of its row, with commas between
     * @param output of an ONNX model: the output that has the score; empty when only one can be
     * @param stranger of an ONNX model: {@code high} or {@code low}
     */
    public static BroughtFile of(
            byte[] file, String format, String features, String output, String stranger) {
        return switch (Choices.of("format", format, Format.values())) {
            case VEDETTE -> new BroughtFile.Own(file);
            case ONNX -> onnx(file, features, output, stranger);
        };
    }

    private static BroughtFile onnx(byte[] file, String features, String output, String stranger) {
        List<String> inputs =
                Arrays.stream(features.split(","))
                        .map(String::strip)
                        .filter(n -> !n.isEmpty())
                        .toList();
        if (inputs.isEmpty() || inputs.size() > FeatureSet.MOST) {
            throw ProblemException.invalid(
                    "?features",
                    "features_out_of_range",
                    inputs.size() + " features are named",
                    "name 1 to %d declared features in the order of the model's row, with commas"
                                    .formatted(FeatureSet.MOST)
                            + " between");
        }
        if (output.length() > LONGEST_NAME || output.chars().anyMatch(Character::isISOControl)) {
            throw ProblemException.invalid(
                    "?output",
                    "wrong_form",
                    "this is no name of an output",
                    "send at most " + LONGEST_NAME + " characters, none of them a control one");
        }
        boolean isLowStrange = Choices.of("stranger", stranger, Stranger.values()) == Stranger.LOW;
        return new BroughtFile.Onnx(
                new ModelSource.Brought(
                        inputs, new BroughtModel.Source(file, output, isLowStrange)));
    }
}

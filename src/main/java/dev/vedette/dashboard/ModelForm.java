package dev.vedette.dashboard;

import java.util.List;

/**
 * The form in which a model's file is brought, as it was filled in.
 *
 * @param format {@code vedette} or {@code onnx}
 * @param features of an ONNX model: names in the order of its row, with commas between
 * @param output of an ONNX model: the output that has the score
 * @param stranger of an ONNX model: {@code high} or {@code low}
 * @param next {@code register}, {@code shadow} or {@code promote}
 * @param problem why the file was refused, in a sentence; empty when it was not
 * @param details the same in the words of the API, with remedies
 */
public record ModelForm(
        String format,
        String features,
        String output,
        String stranger,
        String next,
        String problem,
        List<String> details) {
    /** Nothing filled in. */
    static final ModelForm EMPTY =
            new ModelForm("vedette", "", "", "high", "register", "", List.of());

    /** The same, refused. */
    ModelForm refused(String why, List<String> words) {
        return new ModelForm(format, features, output, stranger, next, why, words);
    }
}

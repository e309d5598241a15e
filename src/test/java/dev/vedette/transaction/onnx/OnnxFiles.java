package dev.vedette.transaction.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The models that {@code src/test/scripts/onnx_models.py} makes. */
public final class OnnxFiles {
    private OnnxFiles() {}

    /** A file of that name. */
    public static byte[] read(String name) {
        try (InputStream in = OnnxFiles.class.getResourceAsStream("/onnx/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.vedette.transaction.onnx;

import dev.vedette.transaction.model.BroughtRuntime;

/** ONNX Runtime, if it is there. Nothing here may name its classes but inside of a method. */
public final class OnnxRuntime implements BroughtRuntime {
    private static final String LIBRARY = "ai.onnxruntime.OrtEnvironment";

    /** Made by {@link java.util.ServiceLoader}. */
    public OnnxRuntime() {}

    @Override
    public boolean isInstalled() {
        try {
            Class.forName(LIBRARY, false, OnnxRuntime.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Override
    public Scorer open(byte[] file, String output, int width) {
        OnnxFile.require(file);
        return OnnxScorer.open(file, output, width);
    }
}

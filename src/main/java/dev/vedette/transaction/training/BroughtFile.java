package dev.vedette.transaction.training;

import dev.vedette.transaction.decision.ModelSource;

/** A model that somebody brings, as a file. */
public sealed interface BroughtFile {
    /** The file as it was sent; not modified. */
    byte[] bytes();

    /**
     * One that {@code vedette train} wrote, or that a version was in MLflow.
     *
     * @param bytes handed over
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Own(byte[] bytes) implements BroughtFile {}

    /**
     * One of another maker.
     *
     * @param model the file, and what of it is the score
     */
    record Onnx(ModelSource.Brought model) implements BroughtFile {
        @Override
        public byte[] bytes() {
            return model.source().file();
        }
    }
}
